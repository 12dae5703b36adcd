"""Searches: one text that finds rows of several kinds."""
