"""Supplements: further invoices of a running order that its customer is asked to confirm."""
