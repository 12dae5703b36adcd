"""Contradictions between what a client is told and the facts: the rules, and the index by which lists find them."""
