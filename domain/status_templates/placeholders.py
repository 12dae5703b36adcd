"""Places in the texts of status templates that each order fills with its own values."""

import re

PLACEHOLDERS = ("project", "number", "due", "expected", "provider", "customer")
KNOWN = {f"{{{name}}}": name for name in PLACEHOLDERS}
IN_BRACES = re.compile(r"\{[^{}]*\}?|\}")
LONGEST_SHOWN = 60


def used_in(*texts: str) -> frozenset[str]:
    """The names of the placeholders in these texts: `due` for `{due}`."""
    return frozenset(KNOWN[found] for text in texts for found in IN_BRACES.findall(text) if found in KNOWN)


def never_filled(delivery_days: int | None, *texts: str) -> list[str]:
    """The placeholders in these texts for which an order that begins from a template has no value, as `{due}`."""
    never = {"expected"} if delivery_days is not None else {"expected", "due"}
    return [f"{{{name}}}" for name in sorted(used_in(*texts) & never)]


def unknown_in(text: str) -> str | None:
    """The first thing in braces that is no placeholder, or the brace that stands alone; nothing when all is well."""
    for found in IN_BRACES.findall(text):
        if found not in KNOWN:
            return str(found) if len(found) <= LONGEST_SHOWN else f"{found[:LONGEST_SHOWN]}…"
    return None
