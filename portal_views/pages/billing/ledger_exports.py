"""The export of postings for the tax consultant: a period, what is in it, and its files."""

from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.form_parser import read_day
from portal_views.web.page_context import PageContext

LONGEST_DAYS = 366


async def ledger_exports(context: PageContext) -> Response:
    """The period that the address asks for, the last month unless it does, with the invoices that are in it."""
    today = context.formats(await context.query("page_context")).today()
    first, last = _period(context.request.query_params, today)
    between = {"issuedOn": {"gte": first.isoformat(), "lte": last.isoformat()}}
    data = await context.query(
        "ledger_exports",
        posted={"status": {"in": ["POSTED"]}} | between,
        unposted={"status": {"in": ["PRINTED"]}} | between,
    )
    settings = data["settings"]
    return context.render(
        "billing/ledger_exports.html",
        data,
        first_day=first,
        last_day=last,
        days=urlencode({"from": first, "until": last}),
        is_known_to_consultant=settings["ledgerConsultant"] is not None and settings["ledgerClient"] is not None,
        is_one_fiscal_year=_fiscal_year(first, settings) == _fiscal_year(last, settings),
    )


def _period(query: QueryParams, today: date) -> tuple[date, date]:
    last_of_month = today.replace(day=1) - timedelta(days=1)
    try:
        first, last = (read_day(query[name]) for name in ("from", "until"))
    except (KeyError, ValueError):
        return last_of_month.replace(day=1), last_of_month
    return (first, last) if 0 <= (last - first).days <= LONGEST_DAYS else (first, first)


def _fiscal_year(day: date, settings: dict[str, int]) -> int:
    """The year in which the fiscal year of a day begins."""
    return day.year if day.month >= settings["fiscalYearMonth"] else day.year - 1
