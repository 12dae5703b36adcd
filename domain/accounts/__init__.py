"""Who signs in: accounts, sessions, bearer tokens, and links for people without an account."""
