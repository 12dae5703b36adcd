"""Billable lines, invoices and their numbers."""
