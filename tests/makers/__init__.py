"""Makers: one per noun, naming only what matters to a test."""
