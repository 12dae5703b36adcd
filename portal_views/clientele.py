"""Customers as members and the operator's people know them."""

from starlette.responses import Response

from portal_views import lists
from portal_views.desk import Data, Visit
from portal_views.moves import Attempt, Done
from portal_views.things import asked_id, done_here, show_and_move


async def customer_list(visit: Visit) -> Response:
    """Those this visitor may know, by name."""
    query = visit.request.query_params
    data = await visit.ask("customers", **lists.asked(query))
    return visit.page("customers/list.html", data, neighbours=lists.neighbours(data["customers"], query))


async def customer(visit: Visit) -> Response:
    """One customer with its contacts."""
    return await show_and_move(
        visit,
        document="customer",
        noun="customer",
        subject_id=asked_id(visit),
        show=_show,
        onward=_onward,
    )


def _onward(visit: Visit, done: Done) -> Response:
    """Whoever looks as the customer begins on the customer's first page."""
    return visit.see_other("/") if done.mutation == "customerViewAs" else done_here(visit, done)


def _show(visit: Visit, data: Data, attempt: Attempt | None) -> Response:
    return visit.page(
        "customers/customer.html",
        data,
        status=422 if attempt else 200,
        customer=data["customer"],
        attempt=attempt,
    )
