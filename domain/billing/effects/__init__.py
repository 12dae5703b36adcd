"""Effects of the moves of billable lines and invoices."""
