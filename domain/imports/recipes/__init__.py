"""Recipes of the kinds of files: their columns, and the moves that their rows become."""
