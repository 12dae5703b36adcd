"""The Jinja environment of the pages: escaped, strict about undefined names, one for each language."""

from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from portal_views.web import template_filters
from portal_views.web.assets import asset_url
from portal_views.web.flash import current_notice
from portal_views.web.navigation import navigation
from portal_views.web.site import current_site
from portal_views.web.version_changes import version_changes
from portal_views.words import catalogue

FOLDER = Path(__file__).parent.parent / "templates"


def render(template: str, language: str, *, status: int = 200, **values: Any) -> Response:
    """Render a whole page in one language."""
    text = environment(language).get_template(template).render({"explained": {}, **values})
    return HTMLResponse(text, status_code=status)


@cache
def environment(language: str) -> Environment:
    """The templates of one language: `t` translates a key, `fresh_key` makes a form's idempotency key.

    `explained` collects the kinds of statuses on a page, which are explained at its end.
    """
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        t=partial(catalogue.translate, language),
        has_message=catalogue.has_message,
        language=language,
        fresh_key=lambda: uuid4().hex,
        asset_url=asset_url,
        navigation=navigation,
        safe_color=template_filters.safe_color,
        site=current_site.get,
        notice=current_notice,
        status_help=partial(catalogue.below, language, "status_help"),
    )
    made.filters.update(
        slug=template_filters.slug,
        safe_url=template_filters.safe_url,
        default_text=template_filters.default_text,
        address_breaks=template_filters.address_breaks,
        as_optional=template_filters.as_optional,
        file_options=template_filters.file_options,
        initials=template_filters.initials,
        version_changes=version_changes,
    )
    return made
