"""Offers and what changes in them from one to the next."""
