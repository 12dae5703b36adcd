"""The register of document numbers: every number explained, every gap, and the export for auditors."""

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.form_parser import clean_text
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

FILTERS = ("search", "series", "year")


async def number_register(context: PageContext) -> Response:
    """The numbers that the address asks for, the newest first."""
    query = context.request.query_params
    today = context.formats(await context.query("page_context")).today()
    values = {name: clean_text(query.get(name, "")) for name in FILTERS}
    return await pagination.list_page(
        context,
        document="register",
        template="billing/register.html",
        connection="registerEntries",
        variables={"where": _where(query)},
        filter_values=values,
        is_filtered=any(values.values()),
        first_day=today.replace(month=1, day=1),
        last_day=today,
    )


def _where(query: QueryParams) -> JsonObject:
    """The filter of the API; what cannot be a year is ignored."""
    where: JsonObject = {}
    if text := clean_text(query.get("search", "")):
        where["search"] = text
    if series := clean_text(query.get("series", "")):
        where["series"] = {"eq": series}
    year = query.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4:
        where["year"] = {"eq": int(year)}
    return where
