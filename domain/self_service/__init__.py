"""Changes of people to their own accounts: invitation, password, address, name and language."""
