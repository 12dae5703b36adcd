"""The lifecycles of billable lines and invoices."""
