"""Handlers of bulk operations: what each kind of operation does to the orders of a portion."""
