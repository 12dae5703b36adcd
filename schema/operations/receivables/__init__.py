"""Receivables, which are the open items of customers, and their entries as the operator's people see them."""
