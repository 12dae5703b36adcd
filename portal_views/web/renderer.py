"""Renderer of templates: escaping, strict about undefined names, with one Jinja environment for each language."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from portal_views.web.assets import asset_url
from portal_views.words import catalogue

NEUTRAL_COLOR = "#64748b"
FOLDER = Path(__file__).parent.parent / "templates"


def render(template: str, language: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page in one language."""
    text = environment(language).get_template(template).render(values)
    return HTMLResponse(text, status_code=status)


@cache
def environment(language: str) -> Environment:
    """The environment of one language; `t` translates a key, `fresh_key` makes an idempotency key."""
    jinja = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals.update(
        t=partial(catalogue.translate, language),
        knows=catalogue.has_message,
        language=language,
        fresh_key=lambda: uuid4().hex,
        asset=asset_url,
        color=safe_color,
    )
    jinja.filters.update(
        slug=slug, web_link=safe_url, plain=default_text, address_lines=address_lines, may_be_empty=as_optional
    )
    return jinja


def slug(parts: Iterable[object]) -> str:
    """An identifier for an element: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", "-".join(str(part) for part in parts)).strip("-")


def safe_url(text: str | None) -> str | None:
    """A link with http or https; None for any other text, which could be a script."""
    return text if text and re.match(r"https?://", text, re.IGNORECASE) else None


def safe_color(text: str | None) -> str:
    """A six-digit colour for an SVG attribute; the neutral colour for any other text."""
    return text if text and re.fullmatch(r"#[0-9a-fA-F]{6}", text) else NEUTRAL_COLOR


def default_text(default: str | None) -> str:
    """A default that the API returns as JSON, as the text of a form field."""
    value = json.loads(default) if default else None
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def address_lines(party: Mapping[str, Any]) -> list[str]:
    """The address lines of an invoice party, its VAT id last."""
    place = " ".join(str(party[part]) for part in ("postcode", "city") if party.get(part))
    named = [party.get("name") or party.get("legalName") or party.get("legal_name"), party.get("street"), place]
    lines = [*named, party.get("country"), party.get("vatId") or party.get("vat_id")]
    return [str(line) for line in lines if line]


def as_optional(described: Mapping[str, Any]) -> dict[str, Any]:
    """An input of a row that may stay empty, so that browsers do not require it."""
    return {**described, "required": False}
