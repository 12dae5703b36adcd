"""The first page after signing in, for each of the operator's and members' roles."""

from starlette.responses import Response

from portal_views.desk import Data, Visit

NEVER = "9999"


async def member(visit: Visit) -> Response:
    """Whose turn it is, the latest orders and invoices."""
    data = await visit.ask("home_member")
    return visit.page("member/home.html", data, turns=_turns_of("MEMBER", data["everyOpen"]["nodes"]))


def _turns_of(role: str, orders: list[Data]) -> list[tuple[Data, Data]]:
    """The steps that are up to this role, what has a date first and soonest."""
    turns = [(order, step) for order in orders for step in order["nextSteps"] if step["role"] == role]
    return sorted(turns, key=lambda turn: turn[1]["until"] or NEVER)


async def staff(visit: Visit) -> Response:
    """The review queue: what waits longest comes first."""
    return visit.page("staff/home.html", await visit.ask("home_staff"), money=None)


async def finance(visit: Visit) -> Response:
    """Invoices that wait for somebody."""
    return visit.page("finance/home.html", await visit.ask("home_finance"))


async def admin(visit: Visit) -> Response:
    """The review queue, and below it the invoices that wait."""
    money = await visit.ask("home_finance")
    return visit.page("staff/home.html", await visit.ask("home_staff"), money=money)
