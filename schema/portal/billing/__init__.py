"""Billing of the portal schema, beside invoices."""
