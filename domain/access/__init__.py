"""Visibility: scoped tables, scope inheritance and mailed links."""
