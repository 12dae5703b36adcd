"""Types of billing that both schemas share."""
