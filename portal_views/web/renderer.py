"""Templates: escaped, strict about names that are not there, one environment for each language."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from portal_views.colors import safe_color
from portal_views.web.assets import asset_url
from portal_views.words import catalogue

FOLDER = Path(__file__).parent.parent / "templates"


def render(template: str, language: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page in one language."""
    text = environment(language).get_template(template).render(values)
    return HTMLResponse(text, status_code=status)


@cache
def environment(language: str) -> Environment:
    """`t` says a word of the pages, `label` falls back to the name itself, `fresh_key` makes a form's key."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        t=partial(catalogue.translate, language),
        knows=catalogue.has_message,
        language=language,
        fresh_key=lambda: uuid4().hex,
        asset=asset_url,
        color=safe_color,
    )
    made.filters.update(
        slug=slug, web_link=safe_url, plain=default_text, address_lines=address_lines, may_be_empty=as_optional
    )
    return made


def slug(parts: Iterable[object]) -> str:
    """An identifier for an element: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", "-".join(str(part) for part in parts)).strip("-")


def safe_url(text: str | None) -> str | None:
    """A link that may stand in a page: http or https, nothing that runs."""
    return text if text and re.match(r"https?://", text, re.IGNORECASE) else None


def default_text(default: str | None) -> str:
    """A default that the API says as JSON, as a form's field shows it."""
    value = json.loads(default) if default else None
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def address_lines(party: Mapping[str, Any]) -> list[str]:
    """A party of an invoice as on an envelope, its VAT id last."""
    place = " ".join(str(party[part]) for part in ("postcode", "city") if party.get(part))
    named = [party.get("name") or party.get("legalName") or party.get("legal_name"), party.get("street"), place]
    lines = [*named, party.get("country"), party.get("vatId") or party.get("vat_id")]
    return [str(line) for line in lines if line]


def as_optional(described: Mapping[str, Any]) -> dict[str, Any]:
    """An input of a row that may stay empty: browsers must not insist on it."""
    return {**described, "required": False}
