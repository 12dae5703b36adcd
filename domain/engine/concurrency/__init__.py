"""Concurrency of commands: locks in one order, retries, and idempotency keys."""
