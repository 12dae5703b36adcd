"""Types, scalars, filters and errors that both schemas share."""
