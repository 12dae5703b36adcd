"""Tests of accounts: passwords, sessions, tokens and links."""
