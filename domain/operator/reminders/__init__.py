"""The operator's rules for reminders of unpaid invoices, and the base rates of statutory interest."""
