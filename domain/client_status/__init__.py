"""Client statuses: the information that clients get about an order, apart from the order's own state."""
