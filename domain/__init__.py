"""The business: orders, deliveries, billing, client status and the people who move them."""
