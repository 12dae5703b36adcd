"""Accounts, sessions, bearer tokens, and the authentication of accounts and mailed links."""
