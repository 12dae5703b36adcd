"""The audit trail, by account, action and day."""

from datetime import date, datetime, timedelta

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.form_parser import clean_text, read_day
from portal_views.forms.lookups import form_lookups
from portal_views.web import pagination
from portal_views.web.formats import Formats
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import JsonObject, PageContext

FILTERS = ("account", "action", "since", "until")


async def audit_trail(context: PageContext) -> Response:
    """The entries that the address asks for, the newest first."""
    query = context.request.query_params
    formats = context.formats(await context.query("page_context"))
    values = {name: clean_text(query.get(name, "")) for name in FILTERS}
    return await pagination.list_page(
        context,
        document="audit",
        template="administration/audit.html",
        connection="auditEntries",
        variables={"where": _where(query, formats)},
        filter_values=values,
        lookups=await form_lookups(context, {"account": "account"}, {}, query),
        is_filtered=any(values.values()),
    )


def _where(query: QueryParams, formats: Formats) -> JsonObject:
    """The filter of the API; what cannot be an account or a day is ignored."""
    where: JsonObject = {}
    if is_id_of("acc", query.get("account", "")):
        where["account"] = {"eq": query["account"]}
    if action := clean_text(query.get("action", "")):
        where["action"] = {"eq": action}
    since, until = _day(query.get("since", "")), _day(query.get("until", ""))
    between = {"gte": _midnight(since, formats), "lt": _midnight(until, formats, days=1)}
    if since or until:
        where["at"] = {name: instant for name, instant in between.items() if instant}
    return where


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except ValueError:
        return None


def _midnight(day: date | None, formats: Formats, *, days: int = 0) -> str | None:
    """The beginning of the day that many days later, in the operator's zone."""
    if day is None or day.year >= date.max.year:
        return None
    return datetime.combine(day + timedelta(days=days), datetime.min.time(), formats.zone).isoformat()
