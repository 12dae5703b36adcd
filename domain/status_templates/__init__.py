"""Templates of what clients are told: colour, label and description in both languages."""
