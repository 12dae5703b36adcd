"""The first page after sign-in of members, staff, finance and administrators: what waits for them, with counts."""

from asyncio import gather
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from portal_views.documents.waiting import total, waiting_in_all
from portal_views.forms.selectable_lists import ORDERS
from portal_views.web.page_context import JsonObject, PageContext

SORTS_LAST = "9999"
# The orders that await review are this tab of the order list; these moves can be made of many of them.
REVIEWS_FILTER = "tab=in-review"
REVIEW_MOVES = ("approve", "sendBack", "reject", "assign")
REVIEWS = replace(ORDERS, buttons={}, moves={name: ORDERS.moves[name] for name in REVIEW_MOVES})
# What waits for each role: the lists whose counts stand in the title of the page.
WAITING = {"staff": ("reviews", "cancellations", "contradicting"), "finance": ("approve", "held", "dueToday")}


@dataclass(frozen=True, kw_only=True)
class StepGroup:
    """Orders in which the same step is to be taken, the soonest end first."""

    step: str
    label: str
    turns: list[tuple[JsonObject, JsonObject]] = field(default_factory=list)


async def member_dashboard(context: PageContext) -> Response:
    """The member's next steps, those of a kind together, their latest orders and invoices."""
    data = await context.query("dashboard_member")
    lists = data["open"], data["drafts"]
    groups = _grouped_steps("MEMBER", [order for each in lists for order in each["nodes"]])
    has_more = any(each["pageInfo"]["hasNextPage"] for each in lists)
    waiting = {"number": sum(len(group.turns) for group in groups), "isExact": not has_more}
    return context.render("dashboards/member.html", data, groups=groups, waiting=waiting, has_more=has_more)


def _grouped_steps(role: str, orders: Iterable[JsonObject]) -> list[StepGroup]:
    """The steps that the role has to take, in groups by what is to be done; the soonest end first, none last."""
    turns = [(order, step) for order in orders for step in order["nextSteps"] if step["role"] == role]
    groups: dict[str, StepGroup] = {}
    for order, step in sorted(turns, key=lambda turn: turn[1]["until"] or SORTS_LAST):
        group = groups.setdefault(step["step"], StepGroup(step=step["step"], label=step["label"]))
        group.turns.append((order, step))
    return list(groups.values())


async def staff_dashboard(context: PageContext) -> Response:
    """The review queue, the longest waiting first."""
    return _review_queue(context, await context.query("dashboard_staff"), finance=None, care=None)


async def finance_dashboard(context: PageContext) -> Response:
    """What waits in billing and what is overdue, the write-offs to decide, and the bank file of the day."""
    data, money = await gather(_finance_data(context), context.query("dashboard_money"))
    file, formats = next(iter(money["bankFiles"]["nodes"]), None), context.formats(data)
    is_file_of_today = file is not None and formats.day(file["createdAt"]) == formats.day(formats.today())
    waiting = waiting_in_all(data, WAITING["finance"])
    return context.render(
        "dashboards/finance.html", data, money=money, is_file_of_today=is_file_of_today, waiting=waiting
    )


async def admin_dashboard(context: PageContext) -> Response:
    """Steps before a firm can begin, what was given up or is late, the review queue, and waiting invoices."""
    data, finance, care = await gather(
        context.query("dashboard_staff"), _finance_data(context), context.query("dashboard_admin")
    )
    return _review_queue(context, data, finance=finance, care=care)


async def _finance_data(context: PageContext) -> JsonObject:
    today = context.formats(await context.query("page_context")).today()
    return await context.query("dashboard_finance", today=today.isoformat())


def _review_queue(
    context: PageContext, data: JsonObject, *, finance: JsonObject | None, care: JsonObject | None
) -> Response:
    waiting = [waiting_in_all(data, WAITING["staff"])]
    if finance:
        waiting.append(waiting_in_all(finance, WAITING["finance"]))
    return context.render(
        "dashboards/staff.html",
        data,
        finance=finance,
        care=care,
        waiting=total(waiting),
        steps=care["operator"]["missingSteps"] if care else (),
        selectable=REVIEWS,
        filter=REVIEWS_FILTER,
    )
