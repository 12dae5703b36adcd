"""Notifications: the messages of the outbox as their readers find them, signed in."""
