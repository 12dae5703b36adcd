"""What customers owe of their invoices."""
