"""Text that the database can store, and addresses that pages can link to."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

SURROGATE = re.compile("[\ud800-\udfff]")
UNCLEAN_TEXT = "Text must hold neither NUL characters nor unpaired surrogates."


def is_clean(value: Any) -> bool:
    """True when no text in this JSON value, however deep, holds a NUL character or an unpaired surrogate."""
    unseen = [value]
    while unseen:
        found = unseen.pop()
        if isinstance(found, str):
            if "\0" in found or (not found.isascii() and SURROGATE.search(found)):
                return False
        elif isinstance(found, (dict, Mapping)):  # The first is looked at faster.
            unseen += [*found, *found.values()]
        elif isinstance(found, list):
            unseen += [each for each in found if not isinstance(each, str)]
            unseen.append("".join(each for each in found if isinstance(each, str)))
    return True


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address with a host, and nothing in it could be read as markup."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    clean = text.isprintable() and not any(sign in text for sign in " <>\"'\\")
    return clean and parts.scheme in ("http", "https") and bool(parts.hostname)
