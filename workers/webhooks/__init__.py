"""Delivery of webhooks: the HTTP client, the signed request, and the dispatcher."""
