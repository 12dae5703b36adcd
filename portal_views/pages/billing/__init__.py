"""Pages of invoices, billable lines, runs, proposals and the register of numbers."""
