"""Imports of files, and the columns that files may have."""
