"""The outbox: messages to be mailed, their recipients, claims, digests and alarms."""
