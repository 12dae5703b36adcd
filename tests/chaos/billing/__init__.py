"""Invoices while processes are killed: runs of many lines, and prints side by side."""
