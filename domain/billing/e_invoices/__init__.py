"""Electronic invoices by EN 16931: from the frozen snapshot to one model, its syntaxes, and the official rules."""
