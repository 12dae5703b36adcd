"""The first page after signing in, for each of the operator's and members' roles."""

from starlette.responses import Response

from portal_views.web.page_context import JsonObject, PageContext

SORTS_LAST = "9999"


async def member_dashboard(visit: PageContext) -> Response:
    """Whose turn it is, the latest orders and invoices."""
    data = await visit.query("dashboard_member")
    return visit.render("dashboards/member.html", data, turns=_next_steps_of("MEMBER", data["everyOpen"]["nodes"]))


def _next_steps_of(role: str, orders: list[JsonObject]) -> list[tuple[JsonObject, JsonObject]]:
    """The steps that are up to this role, what has a date first and soonest."""
    turns = [(order, step) for order in orders for step in order["nextSteps"] if step["role"] == role]
    return sorted(turns, key=lambda turn: turn[1]["until"] or SORTS_LAST)


async def staff_dashboard(visit: PageContext) -> Response:
    """The review queue: what waits longest comes first."""
    return visit.render("dashboards/staff.html", await visit.query("dashboard_staff"), money=None)


async def finance_dashboard(visit: PageContext) -> Response:
    """Invoices that wait for somebody."""
    return visit.render("dashboards/finance.html", await visit.query("dashboard_finance"))


async def admin_dashboard(visit: PageContext) -> Response:
    """The review queue, and below it the invoices that wait."""
    money = await visit.query("dashboard_finance")
    return visit.render("dashboards/staff.html", await visit.query("dashboard_staff"), money=money)
