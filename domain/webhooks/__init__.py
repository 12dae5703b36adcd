"""Webhooks: endpoints of other systems, the messages they get of events, and the attempts to deliver them."""
