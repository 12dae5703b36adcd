"""The first page after signing in, for each of the operator's and members' roles."""

from starlette.responses import Response

from portal_views.desk import Visit


async def member(visit: Visit) -> Response:
    """Whose turn it is, the latest orders and invoices."""
    return visit.page("member/home.html", await visit.ask("home_member"))


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
