"""Reminders of receivables: when each step is due, what it charges, and when it rests."""
