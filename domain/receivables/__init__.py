"""Receivables: what customers owe of posted invoices, and the entries that change it."""
