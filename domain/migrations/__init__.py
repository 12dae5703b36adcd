"""Reversible steps from an empty database to the current one."""
