"""Pages of people's own accounts: sign-in, invitation, settings, and the first setup."""
