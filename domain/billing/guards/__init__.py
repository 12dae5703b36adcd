"""Guards and validators of billable lines and invoices."""
