"""Invoice runs: many lines composed into invoices, printed and posted together, each invoice for itself."""
