"""Imports of members, customers and running orders from CSV files: checked as a whole, then entered as a whole."""
