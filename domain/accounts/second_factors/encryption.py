"""Encryption of the secrets that the server itself must be able to read: those of apps that show codes."""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_PURPOSE = "second factors"
NONCE_BYTES = 12


def encrypt(secret: str, account_id: UUID, key: bytes) -> bytes:
    """Encrypt a secret so that it can be read for this account only. `key` is `settings.key(KEY_PURPOSE)`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret.encode(), account_id.bytes)


def decrypt(encrypted: bytes, account_id: UUID, key: bytes) -> str | None:
    """The secret; nothing when it was encrypted for another account or with another key."""
    try:
        return AESGCM(key).decrypt(encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:], account_id.bytes).decode()
    except InvalidTag:
        return None
