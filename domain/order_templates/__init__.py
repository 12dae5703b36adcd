"""Templates that orders are begun from."""
