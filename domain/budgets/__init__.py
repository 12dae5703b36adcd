"""Budgets of members: an append-only ledger of what came in for them, what they claim and what they were paid."""
