"""Automations: what follows by itself when an order, a delivery or an invoice moves."""
