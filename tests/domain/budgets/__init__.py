"""Budgets of members."""
