"""Invoices, supplements and receivables in the portal schema."""
