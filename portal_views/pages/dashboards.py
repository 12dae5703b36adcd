"""The first page after sign-in of members, staff, finance and administrators."""

from starlette.responses import Response

from portal_views.web.page_context import JsonObject, PageContext

SORTS_LAST = "9999"


async def member_dashboard(context: PageContext) -> Response:
    """The member's next steps, their latest orders and invoices."""
    data = await context.query("dashboard_member")
    turns = _next_steps_of("MEMBER", data["everyOpen"]["nodes"])
    return context.render("dashboards/member.html", data, turns=turns)


def _next_steps_of(role: str, orders: list[JsonObject]) -> list[tuple[JsonObject, JsonObject]]:
    """The steps that the role has to take, the soonest end first, those without an end last."""
    turns = [(order, step) for order in orders for step in order["nextSteps"] if step["role"] == role]
    return sorted(turns, key=lambda turn: turn[1]["until"] or SORTS_LAST)


async def staff_dashboard(context: PageContext) -> Response:
    """The review queue, the longest waiting first."""
    return context.render("dashboards/staff.html", await context.query("dashboard_staff"), finance=None)


async def finance_dashboard(context: PageContext) -> Response:
    """Invoices that wait for an action."""
    return context.render("dashboards/finance.html", await context.query("dashboard_finance"))


async def admin_dashboard(context: PageContext) -> Response:
    """The review queue, and below it the invoices that wait for an action."""
    finance = await context.query("dashboard_finance")
    return context.render("dashboards/staff.html", await context.query("dashboard_staff"), finance=finance)
