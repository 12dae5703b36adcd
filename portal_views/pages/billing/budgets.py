"""The pages of budgets: a member's own, those of all members for finance, and the entries of one figure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id
from portal_views.forms.filters.billing import MAX_SEARCH_LENGTH
from portal_views.forms.submission import SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

FIGURES = ("planned", "invoiced", "received", "reserved", "paid", "available")
# The kinds of entries that each figure sums up; the first two unfold into what is expected.
ENTRY_KINDS: Mapping[str, Sequence[str]] = {
    "received": ("INFLOW", "GUARANTEE", "REVERSAL", "CLAWBACK", "CORRECTION"),
    "reserved": ("CLAIM_RESERVED", "CLAIM_RELEASED"),
    "paid": ("CLAIM_PAID", "CLAIM_RETURNED"),
}
TABS: Mapping[str, JsonObject] = {"all": {}, "overdrawn": {"overdrawn": True}}
CHART_WIDTH = 320


def _entries_where(figure: str) -> JsonObject:
    return {"kind": {"in": list(ENTRY_KINDS[figure])}} if figure in ENTRY_KINDS else {}


FIGURE_FILTERS: JsonObject = {figure: _entries_where(figure) for figure in ENTRY_KINDS}


async def own_budget(context: PageContext) -> Response:
    """The member's own budget."""
    data = await context.query("own_budget", **FIGURE_FILTERS)
    budgets = data["memberBudgets"]["nodes"]
    return _render(context, data | {"memberBudget": found_or_404(budgets[0] if budgets else None)}, None, is_own=True)


async def budget(context: PageContext) -> Response:
    """One member's budget for finance, who may correct it."""
    return await detail_page(
        context, document="budget", noun="memberBudget", subject_id=path_id(context), render=_render, **FIGURE_FILTERS
    )


def _render(
    context: PageContext, data: JsonObject, submitted: SubmittedForm | None, *, is_own: bool = False
) -> Response:
    shown = data["memberBudget"]
    return context.render(
        "budgets/budget.html",
        data,
        submitted=submitted,
        budget=shown,
        figures=FIGURES,
        bars=chart_bars(shown),
        is_own=is_own,
    )


def chart_bars(budget: JsonObject) -> list[JsonObject]:
    """A bar for each figure, in units of the chart; below zero it is marked and as long as its amount."""
    amounts = {figure: Decimal(budget[figure]["amount"]) for figure in FIGURES}
    longest = max((abs(amount) for amount in amounts.values()), default=Decimal(0)) or Decimal(1)
    return [
        {
            "figure": figure,
            "width": round(abs(amount) / longest * CHART_WIDTH),
            "is_below_zero": amount < 0,
        }
        for figure, amount in amounts.items()
    ]


async def budget_list(context: PageContext) -> Response:
    """The budgets of all members, by name."""
    query = context.request.query_params
    tab = str(query.get("tab")) if query.get("tab") in TABS else "all"
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
    return await pagination.list_page(
        context,
        document="budgets",
        template="budgets/list.html",
        connection="memberBudgets",
        variables={"where": {**TABS[tab], **({"search": search} if search else {})}},
        tab=tab,
        tabs=TABS,
        search=search,
    )


async def entry_list(context: PageContext) -> Response:
    """All entries of one figure of a budget, the newest first."""
    figure = context.request.query_params.get("figure", "")
    arguments = pagination.page_arguments(context.request.query_params)
    data = await context.query("budget_entries", id=path_id(context), where=_entries_where(figure), **arguments)
    shown = found_or_404(data["memberBudget"])
    page_links = pagination.page_links(shown["entries"], context.request.query_params)
    return context.render(
        "budgets/entries.html",
        data,
        budget=shown,
        figure=figure if figure in ENTRY_KINDS else "all",
        page_links=page_links,
    )
