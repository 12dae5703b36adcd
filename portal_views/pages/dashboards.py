"""Dashboards, the first pages after sign-in, of members and the operator's roles."""

from starlette.responses import Response

from portal_views.web.page_context import JsonObject, PageContext

SORTS_LAST = "9999"


async def member_dashboard(context: PageContext) -> Response:
    """The member's next steps, latest orders and latest invoices."""
    data = await context.query("dashboard_member")
    return context.render("dashboards/member.html", data, turns=_next_steps_of("MEMBER", data["everyOpen"]["nodes"]))


def _next_steps_of(role: str, orders: list[JsonObject]) -> list[tuple[JsonObject, JsonObject]]:
    """Pairs of order and next step of this role, by due instant, those without one last."""
    turns = [(order, step) for order in orders for step in order["nextSteps"] if step["role"] == role]
    return sorted(turns, key=lambda turn: turn[1]["until"] or SORTS_LAST)


async def staff_dashboard(context: PageContext) -> Response:
    """The review queue, longest wait first."""
    return context.render("dashboards/staff.html", await context.query("dashboard_staff"), money=None)


async def finance_dashboard(context: PageContext) -> Response:
    """Invoices that wait for an action."""
    return context.render("dashboards/finance.html", await context.query("dashboard_finance"))


async def admin_dashboard(context: PageContext) -> Response:
    """The review queue, then the invoices that wait for an action."""
    money = await context.query("dashboard_finance")
    return context.render("dashboards/staff.html", await context.query("dashboard_staff"), money=money)
