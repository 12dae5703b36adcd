"""Identifiers in addresses and forms, before the API sees them."""

import re

ID_PATTERN = re.compile(r"[a-z]{3}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_id_of(prefix: str, text: str) -> bool:
    """Whether a text of an address can be the identifier of a row of one kind."""
    return text.startswith(f"{prefix}_") and ID_PATTERN.fullmatch(text) is not None
