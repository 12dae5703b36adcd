"""Documents of an invoice: rendered from the frozen snapshot, checked before, stored once, and sent as they are."""
