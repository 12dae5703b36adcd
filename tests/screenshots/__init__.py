"""Screenshots of the main pages of the demo, to look at and for the README."""
