"""Secrets that authenticate their bearer; only their digest is stored."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, safe in a cookie and in a header."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """The digest that is stored and looked up instead of the secret; a fast hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
