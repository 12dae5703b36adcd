"""Automations: actions that follow the moves of orders, deliveries and invoices."""
