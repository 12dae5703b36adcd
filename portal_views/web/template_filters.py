"""Filters and functions of the templates: identifiers, safe links and colours, default values, addresses."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

NEUTRAL_COLOR = "#64748b"
BREAKS = re.compile(r"(?<=[@.])(?=\w)")


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


def address_breaks(text: str | None) -> Markup:
    """The text, in which e-mail addresses break behind @ and dots before they break anywhere; copies are plain."""
    words = re.split(r"(\s+)", text or "")
    return Markup().join(Markup("<wbr>").join(BREAKS.split(word)) if "@" in word else word for word in words)


def file_options(files: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Files as the options of a field that chooses one."""
    return [{"value": file["id"], "label": file["name"]} for file in files]


def as_optional(described: Mapping[str, Any]) -> dict[str, Any]:
    """The input of a row that may stay empty: browsers must not require it, but who fills in the row needs it."""
    return {**described, "required": False, "neededInRow": described["required"]}


def as_saved(described: Mapping[str, Any]) -> dict[str, Any]:
    """The input of a form that begins with what is saved: it is optional where it may be empty, else required."""
    is_empty = described["type"] == "BOOLEAN" or (described["default"] and not default_text(described["default"]))
    return {**described, "required": not is_empty, "unchangedWhenAbsent": False}


def initials(name: str) -> str:
    """The first letters of a name's first and last word: Mara von Member is MM."""
    words = name.split()
    return "".join(word[0].upper() for word in dict.fromkeys((words[0], words[-1]))) if words else ""
