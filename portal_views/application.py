"""The addresses of the portal and who finds what there."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from portal_views import (
    automations,
    board,
    board_moves,
    bulk,
    clientele,
    creating,
    customers,
    drafts,
    entrance,
    homes,
    invoices,
    links,
    live,
    order_templates,
    orders,
    pipelines,
    settings,
    setup,
    status_templates,
    unsubscribe,
    viewing,
)
from portal_views.assets import Assets
from portal_views.desk import Desk, Handler, Visit, for_roles
from portal_views.rendering import render

OPERATOR = ("STAFF", "FINANCE", "ADMIN")
STAFF = ("STAFF", "ADMIN")


def _each(handler: Handler, *roles: str) -> Mapping[str, Handler]:
    return dict.fromkeys(roles, handler)


PAGES: Mapping[str, Mapping[str, Handler]] = {
    "/": {
        "CUSTOMER": customers.home,
        "MEMBER": homes.member,
        "STAFF": homes.staff,
        "FINANCE": homes.finance,
        "ADMIN": homes.admin,
    },
    "/orders": {"CUSTOMER": customers.orders, **_each(orders.order_list, "MEMBER", *OPERATOR)},
    "/orders/new": {"MEMBER": drafts.DRAFT.begin()},
    "/orders/new/{id}": {"MEMBER": order_templates.begin_order},
    "/orders/{id}": {"CUSTOMER": customers.order, **_each(orders.order, "MEMBER", *OPERATOR)},
    "/orders/{id}/edit": {"MEMBER": drafts.DRAFT.amending()},
    "/deliveries/{id}": {"CUSTOMER": customers.delivery},
    "/settings": {"CUSTOMER": settings.mails},
    "/work": {"CUSTOMER": customers.work_list},
    "/work/{id}": {"CUSTOMER": customers.work},
    "/board": _each(board.board, *STAFF),
    "/board/off": _each(board.off_board, *STAFF),
    "/board/move": _each(board_moves.move, *STAFF),
    "/bulk": _each(bulk.operations, "MEMBER", *STAFF),
    "/bulk/new": _each(bulk.new, "MEMBER", *STAFF),
    "/bulk/{id}": _each(bulk.operation, "MEMBER", *STAFF),
    "/customers": _each(clientele.customer_list, "MEMBER", *OPERATOR),
    "/customers/new": {"MEMBER": creating.customer},
    "/customers/{id}": _each(clientele.customer, "MEMBER", *OPERATOR),
    "/invoices/new": _each(creating.invoice, "FINANCE", "ADMIN"),
    "/invoices": {"CUSTOMER": customers.invoices, **_each(invoices.invoice_list, "MEMBER", "FINANCE", "ADMIN")},
    "/invoices/{id}": {"CUSTOMER": customers.invoice, **_each(invoices.invoice, "MEMBER", "FINANCE", "ADMIN")},
    "/lines/new": _each(creating.line, "FINANCE", "ADMIN"),
    "/lines": _each(invoices.line_list, "FINANCE", "ADMIN"),
    "/lines/{id}": _each(invoices.line, "FINANCE", "ADMIN"),
    "/setup": _each(setup.overview, *STAFF),
    "/setup/rules": _each(setup.rules, *STAFF),
    "/setup/templates": _each(status_templates.template_list, *STAFF),
    "/setup/templates/new": _each(status_templates.TEMPLATE.begin(), *STAFF),
    "/setup/templates/{id}": _each(status_templates.TEMPLATE.page(), *STAFF),
    "/setup/automations": _each(automations.automation_list, *STAFF),
    "/setup/automations/new": _each(automations.AUTOMATION.begin(), *STAFF),
    "/setup/automations/{id}": _each(automations.AUTOMATION.page(), *STAFF),
    "/setup/exceptions": _each(automations.exceptions, *STAFF),
    "/setup/pipelines": _each(pipelines.pipeline_list, *STAFF),
    "/setup/pipelines/new": _each(pipelines.PIPELINE.begin(), *STAFF),
    "/setup/pipelines/{id}": _each(pipelines.PIPELINE.page(), *STAFF),
    "/setup/order-templates": _each(order_templates.template_list, *STAFF),
    "/setup/order-templates/new": _each(order_templates.TEMPLATE.begin(), *STAFF),
    "/setup/order-templates/{id}": _each(order_templates.TEMPLATE.page(), *STAFF),
}
SHOWN_STATUSES = {400, 403, 404, 405, 413, 429}


def routes(desk: Desk, follow: live.Follow) -> list[BaseRoute]:
    """All pages; `follow` tells them what changes."""
    pages = [_page(desk, path, handlers) for path, handlers in PAGES.items()]
    mailed = [
        Route("/l/{token}", links.mailed_link(desk), methods=["GET", "POST"]),
        Route("/u/{token}", unsubscribe.unsubscribe(desk), methods=["GET", "POST"]),
    ]
    feed = Route("/live", live.live(desk, follow), methods=["GET"])
    return [*_entrance(desk), *_viewing(desk), *pages, *mailed, feed, Mount("/static", Assets(), name="static")]


def error_page(request: Request, status: int, language: str, visit: Visit | None = None) -> Response:
    """What a browser sees when there is nothing to see, or when something went wrong here."""
    return render(
        "error.html",
        visit.language if visit else language,
        status=status,
        visit=visit,
        path=request.url.path,
        kind=str(status) if status in SHOWN_STATUSES else "500",
        request_id=getattr(request.state, "request_id", ""),
    )


async def refusal_page(desk: Desk, request: Request, status: int, language: str) -> Response:
    """The same within the frame of whoever is signed in, and under the banner of whoever looks as a customer."""
    visitor = await desk.gate.visitor(request)
    if visitor is None or visitor.must_change_password:
        return error_page(request, status, language)
    visit = Visit(request=request, desk=desk, visitor=visitor, language=visitor.language)
    return error_page(request, status, language, visit)


def _page(desk: Desk, path: str, handlers: Mapping[str, Handler]) -> Route:
    """Pages of one thing have forms; homes and lists are only looked at."""
    is_form = path.endswith(("}", "/new", "/edit", "/settings", "/exceptions", "/rules", "/move"))
    methods = ["GET", "POST"] if is_form else ["GET"]
    return Route(path, for_roles(desk, handlers), methods=methods)


def _viewing(desk: Desk) -> list[BaseRoute]:
    return [
        Route("/viewing/hidden", viewing.hidden(desk), methods=["GET"]),
        Route("/viewing/leave", viewing.leave(desk), methods=["POST"]),
    ]


def _entrance(desk: Desk) -> list[BaseRoute]:
    return [
        Route("/sign-in", entrance.sign_in(desk), methods=["GET", "POST"]),
        Route("/password", entrance.password(desk), methods=["GET", "POST"]),
        Route("/sign-out", entrance.sign_out(desk), methods=["POST"]),
        Route("/role", entrance.role(desk), methods=["POST"]),
        Route("/language", entrance.language(desk), methods=["POST"]),
    ]
