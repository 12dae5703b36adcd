"""Budgets of members as they and finance see them."""
