"""The first page after sign-in of members, staff, finance and administrators."""

from dataclasses import replace

from starlette.responses import Response

from portal_views.forms.selectable_lists import ORDERS
from portal_views.web.page_context import JsonObject, PageContext

SORTS_LAST = "9999"
# The orders that await review are this tab of the order list; these moves can be made of many of them.
REVIEWS_FILTER = "tab=in-review"
REVIEW_MOVES = ("approve", "sendBack", "reject", "assign")
REVIEWS = replace(ORDERS, buttons={}, moves={name: ORDERS.moves[name] for name in REVIEW_MOVES})


async def member_dashboard(context: PageContext) -> Response:
    """The member's next steps of the orders that are due first, their latest orders and invoices."""
    data = await context.query("dashboard_member")
    lists = data["open"], data["drafts"]
    turns = _next_steps_of("MEMBER", [order for each in lists for order in each["nodes"]])
    has_more = any(each["pageInfo"]["hasNextPage"] for each in lists)
    return context.render("dashboards/member.html", data, turns=turns, has_more=has_more)


def _next_steps_of(role: str, orders: list[JsonObject]) -> list[tuple[JsonObject, JsonObject]]:
    """The steps that the role has to take, the soonest end first, those without an end last."""
    turns = [(order, step) for order in orders for step in order["nextSteps"] if step["role"] == role]
    return sorted(turns, key=lambda turn: turn[1]["until"] or SORTS_LAST)


async def staff_dashboard(context: PageContext) -> Response:
    """The review queue, the longest waiting first."""
    return await _review_queue(context, finance=None, care=None)


async def finance_dashboard(context: PageContext) -> Response:
    """What is overdue, the write-offs to decide, the bank file of the day, and invoices that wait for an action."""
    data, money = await context.query("dashboard_finance"), await context.query("dashboard_money")
    file, formats = next(iter(money["bankFiles"]["nodes"]), None), context.formats(data)
    is_file_of_today = file is not None and formats.day(file["createdAt"]) == formats.day(formats.today())
    return context.render("dashboards/finance.html", data, money=money, is_file_of_today=is_file_of_today)


async def admin_dashboard(context: PageContext) -> Response:
    """Steps before a firm can begin, what was given up or is late, the review queue, and waiting invoices."""
    care, finance = await context.query("dashboard_admin"), await context.query("dashboard_finance")
    return await _review_queue(context, finance=finance, care=care)


async def _review_queue(context: PageContext, *, finance: JsonObject | None, care: JsonObject | None) -> Response:
    return context.render(
        "dashboards/staff.html",
        await context.query("dashboard_staff"),
        finance=finance,
        care=care,
        steps=care["operator"]["missingSteps"] if care else (),
        selectable=REVIEWS,
        filter=REVIEWS_FILTER,
    )
