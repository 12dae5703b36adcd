"""Looking at the portal as a customer does: what they do not see and why, and the way back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views import lists
from portal_views.desk import Data, Desk, Endpoint, Visit, answered, found, to_sign_in
from portal_views.gate import View
from portal_views.words import say


@dataclass(frozen=True)
class Hidden:
    """One thing that the customer does not see, and the rule that hides it."""

    name: str
    rule: str
    sentence: str


def hidden(desk: Desk) -> Endpoint:
    """What the customer who is looked at does not see; whoever is looking reads it with their own eyes."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.gate.visitor(request)
        if visitor is None:
            return to_sign_in(request)
        if visitor.view is None:
            return RedirectResponse("/", status_code=303)
        visit = Visit(request=request, desk=desk, visitor=visitor, language=visitor.language)
        return await answered(_list(visit, visitor.view), to_sign_in(request))

    return endpoint


async def _list(visit: Visit, view: View) -> Response:
    query = visit.request.query_params
    own = replace(visit, visitor=replace(visit.visitor, actor=view.actor, role=view.role))
    data = await own.ask("hidden", customer=view.customer_id, **lists.asked(query))
    found(data["customer"])
    return visit.page(
        "viewing/hidden.html",
        data,
        orders=[(order, list(_hidden_of(order, visit.language))) for order in data["orders"]["nodes"]],
        elsewhere=list(_invoices(data["invoices"]["nodes"], visit.language)),
        neighbours=lists.neighbours(data["orders"], query),
    )


def _hidden_of(order: Data, language: str) -> Iterator[Hidden]:
    if order["hiddenFromCustomer"]:
        yield _hidden(say(language, "viewing.order"), order["hiddenFromCustomer"])
    if order["clientStatus"]:
        yield from _of_status(order["clientStatus"], language)
    for delivery in order["deliveries"]:
        if delivery["hiddenFromCustomer"]:
            yield _hidden(
                say(language, "viewing.delivery", number=delivery["position"]), delivery["hiddenFromCustomer"]
            )
    yield from _invoices(order["invoices"], language)


def _of_status(status: Data, language: str) -> Iterator[Hidden]:
    if status["hiddenFromCustomer"]:
        label = status["label"]
        name = say(language, "viewing.status", label=label) if label else say(language, "viewing.status_unnamed")
        yield _hidden(name, status["hiddenFromCustomer"])
    if status["changeHiddenFromCustomer"]:
        yield _hidden(say(language, "viewing.change"), status["changeHiddenFromCustomer"])


def _invoices(invoices: list[Data], language: str) -> Iterator[Hidden]:
    for invoice in invoices:
        if invoice["hiddenFromCustomer"]:
            number = invoice["number"] or invoice["provisionalNumber"]
            name = f"{say(language, 'viewing.invoice', number=number)} · {invoice['statusLabel']}"
            yield _hidden(name, invoice["hiddenFromCustomer"])


def _hidden(name: str, by: Data) -> Hidden:
    return Hidden(name, by["rule"], by["sentence"])


def leave(desk: Desk) -> Endpoint:
    """See with one's own eyes again, on the page of the customer who was looked at."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.gate.visitor(request)
        if visitor is None:
            return to_sign_in(request)
        if visitor.view is None:
            return RedirectResponse("/", status_code=303)
        await desk.gate.leave_view(request)
        return RedirectResponse(f"/customers/{visitor.view.customer_id}?done=viewLeft", status_code=303)

    return endpoint
