"""Previews of what moves of invoices would make of them."""
