"""Checks of uploaded files for viruses, by clamd."""
