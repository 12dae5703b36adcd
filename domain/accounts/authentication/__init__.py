"""Authentication of accounts: passwords, sign-in, sessions, bearer tokens, and the actors that come of them."""
