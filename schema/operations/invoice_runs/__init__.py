"""Invoice runs: what they select, their plan, their invoices and what needs attention."""
