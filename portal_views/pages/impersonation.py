"""Looking at the portal as a customer does: what they do not see and why, and the way back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.web import pagination
from portal_views.web.auth_port import Impersonation
from portal_views.web.page_context import (
    Endpoint,
    JsonObject,
    PageContext,
    PageDependencies,
    found_or_404,
    sign_in_redirect,
    with_error_responses,
)
from portal_views.words.catalogue import translate


@dataclass(frozen=True)
class HiddenItem:
    """One thing that the customer does not see, and the rule that hides it."""

    name: str
    rule: str
    explanation: str


def hidden_items_page(desk: PageDependencies) -> Endpoint:
    """What the customer who is looked at does not see; whoever is looking reads it with their own eyes."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.impersonation is None:
            return RedirectResponse("/", status_code=303)
        visit = PageContext(request=request, dependencies=desk, visitor=visitor, language=visitor.language)
        return await with_error_responses(_hidden_items(visit, visitor.impersonation), sign_in_redirect(request))

    return endpoint


async def _hidden_items(visit: PageContext, impersonation: Impersonation) -> Response:
    query = visit.request.query_params
    own = replace(visit, visitor=replace(visit.visitor, principal=impersonation.principal, role=impersonation.role))
    data = await own.query("hidden_items", customer=impersonation.customer_id, **pagination.page_arguments(query))
    found_or_404(data["customer"])
    return visit.render(
        "impersonation/hidden_items.html",
        data,
        orders=[(order, list(_hidden_in_order(order, visit.language))) for order in data["orders"]["nodes"]],
        elsewhere=list(_hidden_invoices(data["invoices"]["nodes"], visit.language)),
        neighbours=pagination.page_links(data["orders"], query),
    )


def _hidden_in_order(order: JsonObject, language: str) -> Iterator[HiddenItem]:
    if order["hiddenFromCustomer"]:
        yield _hidden_item(translate(language, "viewing.order"), order["hiddenFromCustomer"])
    if order["clientStatus"]:
        yield from _hidden_in_status(order["clientStatus"], language)
    for delivery in order["deliveries"]:
        if delivery["hiddenFromCustomer"]:
            yield _hidden_item(
                translate(language, "viewing.delivery", number=delivery["position"]), delivery["hiddenFromCustomer"]
            )
    yield from _hidden_invoices(order["invoices"], language)


def _hidden_in_status(status: JsonObject, language: str) -> Iterator[HiddenItem]:
    if status["hiddenFromCustomer"]:
        label = status["label"]
        name = (
            translate(language, "viewing.status", label=label)
            if label
            else translate(language, "viewing.status_unnamed")
        )
        yield _hidden_item(name, status["hiddenFromCustomer"])
    if status["changeHiddenFromCustomer"]:
        yield _hidden_item(translate(language, "viewing.change"), status["changeHiddenFromCustomer"])


def _hidden_invoices(invoices: list[JsonObject], language: str) -> Iterator[HiddenItem]:
    for invoice in invoices:
        if invoice["hiddenFromCustomer"]:
            number = invoice["number"] or invoice["provisionalNumber"]
            name = f"{translate(language, 'viewing.invoice', number=number)} · {invoice['statusLabel']}"
            yield _hidden_item(name, invoice["hiddenFromCustomer"])


def _hidden_item(name: str, hidden_by: JsonObject) -> HiddenItem:
    return HiddenItem(name, hidden_by["rule"], hidden_by["sentence"])


def stop_impersonation(desk: PageDependencies) -> Endpoint:
    """See with one's own eyes again, on the page of the customer who was looked at."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.impersonation is None:
            return RedirectResponse("/", status_code=303)
        await desk.auth.stop_impersonation(request)
        return RedirectResponse(f"/customers/{visitor.impersonation.customer_id}?done=viewLeft", status_code=303)

    return endpoint
