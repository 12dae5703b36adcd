"""The pages of an impersonation: items that are hidden from the customer with the reasons, and its end."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
from portal_views.web.flash import with_notice
from portal_views.web.page_context import (
    Endpoint,
    JsonObject,
    PageContext,
    PageDependencies,
    found_or_404,
    sign_in_redirect,
    with_error_responses,
)
from portal_views.web.ports.auth import Impersonation
from portal_views.words.catalogue import translate


@dataclass(frozen=True)
class HiddenItem:
    """One item that the customer does not see, and the rule that hides it."""

    name: str
    rule: str
    explanation: str


def hidden_items_page(dependencies: PageDependencies) -> Endpoint:
    """The items that are hidden from the impersonated customer, read with the impersonator's own rights."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.impersonation is None:
            return RedirectResponse("/", status_code=303)
        context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
        return await with_error_responses(_hidden_items(context, visitor.impersonation), sign_in_redirect(request))

    return endpoint


async def _hidden_items(context: PageContext, impersonation: Impersonation) -> Response:
    query = context.request.query_params
    own = replace(context, visitor=replace(context.visitor, principal=impersonation.principal, role=impersonation.role))
    data = await own.query("hidden_items", customer=impersonation.customer_id, **pagination.page_arguments(query))
    found_or_404(data["customer"])
    return context.render(
        "impersonation/hidden_items.html",
        data,
        orders=[(order, list(_hidden_in_order(order, context.language))) for order in data["orders"]["nodes"]],
        elsewhere=list(_hidden_invoices(data["invoices"]["nodes"], context.language)),
        page_links=pagination.page_links(data["orders"], query),
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


def stop_impersonation(dependencies: PageDependencies) -> Endpoint:
    """End the impersonation and lead to the customer's page in the operator's portal."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.impersonation is None:
            return RedirectResponse("/", status_code=303)
        await dependencies.auth.stop_impersonation(request)
        path = detail_path(visitor.impersonation.customer_id)
        return with_notice(RedirectResponse(path, status_code=303), "viewLeft")

    return endpoint
