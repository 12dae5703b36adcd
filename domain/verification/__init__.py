"""Verification that the stored history was not changed behind the application's back."""
