"""Placeholders in the texts of status templates, which are filled with the values of each order."""

import re

PLACEHOLDERS = ("project", "number", "due", "expected", "provider", "customer")
NAME_BY_PLACEHOLDER = {f"{{{name}}}": name for name in PLACEHOLDERS}
BRACES_PATTERN = re.compile(r"\{[^{}]*\}?|\}")
MAX_SHOWN_LENGTH = 60


def placeholders_in(*texts: str) -> frozenset[str]:
    """The names of the placeholders in these texts: `due` for `{due}`."""
    return frozenset(
        NAME_BY_PLACEHOLDER[found]
        for text in texts
        for found in BRACES_PATTERN.findall(text)
        if found in NAME_BY_PLACEHOLDER
    )


def unfillable_placeholders(delivery_days: int | None, *texts: str) -> list[str]:
    """The placeholders in these texts that an order created from a template cannot fill, as `{due}`."""
    never = {"expected"} if delivery_days is not None else {"expected", "due"}
    return [f"{{{name}}}" for name in sorted(placeholders_in(*texts) & never)]


def unknown_placeholder(text: str) -> str | None:
    """The first text in braces that is no placeholder, or a single brace; nothing when all placeholders are known."""
    for found in BRACES_PATTERN.findall(text):
        if found not in NAME_BY_PLACEHOLDER:
            return str(found) if len(found) <= MAX_SHOWN_LENGTH else f"{found[:MAX_SHOWN_LENGTH]}…"
    return None
