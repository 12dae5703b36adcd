"""The board as it was last looked at: its pipeline and filters, in a cookie of one account's browser."""

import hashlib
from urllib.parse import quote, unquote

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.filters.board import filter_values
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import PageContext

COOKIE = "__Host-board"
COOKIE_SECONDS = 400 * 86400
PIPELINE = "pipeline"


def remembered_query(context: PageContext) -> str:
    """What this account last looked at, as the query of the board; empty if it is none or that of another account."""
    owner, _, text = unquote(context.request.cookies.get(COOKIE, "")).partition("|")
    return _known_part(QueryParams(text)) if owner == _owner(context) else ""


def remember(context: PageContext, response: Response) -> Response:
    """The response, which has the browser remember the pipeline and the filters of its address."""
    if not context.visitor.impersonation:
        value = quote(f"{_owner(context)}|{_known_part(context.request.query_params)}", safe="")
        response.set_cookie(COOKIE, value, COOKIE_SECONDS, path="/", secure=True, httponly=True, samesite="lax")
    return response


def _known_part(query: QueryParams) -> str:
    pipeline = {PIPELINE: query[PIPELINE]} if is_id_of("pip", query.get(PIPELINE, "")) else {}
    return str(QueryParams({**pipeline, **filter_values(query)}))


def _owner(context: PageContext) -> str:
    """A fingerprint of the account, so that a shared browser keeps the filters of each apart."""
    return hashlib.sha256(context.visitor.email.encode()).hexdigest()[:16]
