"""Checks of uploaded files for viruses."""
