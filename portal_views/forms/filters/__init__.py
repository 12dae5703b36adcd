"""Filters of lists and of the board as their addresses write them."""
