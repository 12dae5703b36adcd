"""Filters and functions of the templates: identifiers, safe links and colours, default values, addresses."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

NEUTRAL_COLOR = "#64748b"


def slug(parts: Iterable[object]) -> str:
    """An identifier for an element: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", "-".join(str(part) for part in parts)).strip("-")


def safe_url(text: str | None) -> str | None:
    """The text if it is a link to http or https, else None: no other scheme may stand in a page."""
    return text if text and re.match(r"https?://", text, re.IGNORECASE) else None


def safe_color(text: str | None) -> str:
    """A six-digit colour for an SVG attribute; anything else becomes the neutral one."""
    return text if text and re.fullmatch(r"#[0-9a-fA-F]{6}", text) else NEUTRAL_COLOR


def default_text(default: str | None) -> str:
    """The default of an input, which the API writes as JSON, as the text of a form field; empty for lists."""
    value = json.loads(default) if default else None
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def address_lines(party: Mapping[str, Any]) -> list[str]:
    """The lines of an invoice party's postal address, the VAT id last."""
    place = " ".join(str(party[part]) for part in ("postcode", "city") if party.get(part))
    named = [party.get("name") or party.get("legalName") or party.get("legal_name"), party.get("street"), place]
    lines = [*named, party.get("country"), party.get("vatId") or party.get("vat_id")]
    return [str(line) for line in lines if line]


def file_options(files: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Files as the options of a field that chooses one."""
    return [{"value": file["id"], "label": file["name"]} for file in files]


def as_optional(described: Mapping[str, Any]) -> dict[str, Any]:
    """The input of a row that may stay empty: browsers must not require it, but who fills in the row needs it."""
    return {**described, "required": False, "neededInRow": described["required"]}


def initials(name: str) -> str:
    """The first letters of a name's first and last word: Mara von Member is MM."""
    words = name.split()
    return "".join(word[0].upper() for word in dict.fromkeys((words[0], words[-1]))) if words else ""
