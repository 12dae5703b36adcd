"""Templates from which orders are created."""
