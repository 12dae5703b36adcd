"""The routes of the portal: the handler of each path for each role."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from portal_views.pages import (
    account_pages,
    billing,
    board,
    bulk_operations,
    create_pages,
    customer_portal,
    customers,
    dashboards,
    impersonation,
    mail_settings,
    mailed_links,
    order_drafts,
    orders,
    stage_moves,
    unsubscribe,
)
from portal_views.pages.setup import automations, order_templates, overview, pipelines, status_templates
from portal_views.web import live_updates
from portal_views.web.assets import StaticAssets
from portal_views.web.page_context import Handler, PageContext, PageDependencies, role_endpoint
from portal_views.web.renderer import render

OPERATOR_ROLES = ("STAFF", "FINANCE", "ADMIN")
STAFF_ROLES = ("STAFF", "ADMIN")


def _for_each_role(handler: Handler, *roles: str) -> Mapping[str, Handler]:
    return dict.fromkeys(roles, handler)


PAGES: Mapping[str, Mapping[str, Handler]] = {
    "/": {
        "CUSTOMER": customer_portal.dashboard,
        "MEMBER": dashboards.member_dashboard,
        "STAFF": dashboards.staff_dashboard,
        "FINANCE": dashboards.finance_dashboard,
        "ADMIN": dashboards.admin_dashboard,
    },
    "/orders": {"CUSTOMER": customer_portal.order_list, **_for_each_role(orders.order_list, "MEMBER", *OPERATOR_ROLES)},
    "/orders/new": {"MEMBER": order_drafts.DRAFT_PAGE.create_handler()},
    "/orders/new/{id}": {"MEMBER": order_templates.new_order_from_template},
    "/orders/{id}": {"CUSTOMER": customer_portal.order, **_for_each_role(orders.order, "MEMBER", *OPERATOR_ROLES)},
    "/orders/{id}/edit": {"MEMBER": order_drafts.DRAFT_PAGE.amend_handler()},
    "/deliveries/{id}": {"CUSTOMER": customer_portal.delivery},
    "/settings": {"CUSTOMER": mail_settings.mail_settings},
    "/work": {"CUSTOMER": customer_portal.work_list},
    "/work/{id}": {"CUSTOMER": customer_portal.work},
    "/board": _for_each_role(board.board, *STAFF_ROLES),
    "/board/off": _for_each_role(board.off_board, *STAFF_ROLES),
    "/board/move": _for_each_role(stage_moves.move_orders, *STAFF_ROLES),
    "/bulk": _for_each_role(bulk_operations.operation_list, "MEMBER", *STAFF_ROLES),
    "/bulk/new": _for_each_role(bulk_operations.new_operation, "MEMBER", *STAFF_ROLES),
    "/bulk/{id}": _for_each_role(bulk_operations.operation, "MEMBER", *STAFF_ROLES),
    "/customers": _for_each_role(customers.customer_list, "MEMBER", *OPERATOR_ROLES),
    "/customers/new": {"MEMBER": create_pages.new_customer},
    "/customers/{id}": _for_each_role(customers.customer, "MEMBER", *OPERATOR_ROLES),
    "/invoices/new": _for_each_role(create_pages.new_invoice, "FINANCE", "ADMIN"),
    "/invoices": {
        "CUSTOMER": customer_portal.invoice_list,
        **_for_each_role(billing.invoice_list, "MEMBER", "FINANCE", "ADMIN"),
    },
    "/invoices/{id}": {
        "CUSTOMER": customer_portal.invoice,
        **_for_each_role(billing.invoice, "MEMBER", "FINANCE", "ADMIN"),
    },
    "/lines/new": _for_each_role(create_pages.new_line, "FINANCE", "ADMIN"),
    "/lines": _for_each_role(billing.line_list, "FINANCE", "ADMIN"),
    "/lines/{id}": _for_each_role(billing.line, "FINANCE", "ADMIN"),
    "/setup": _for_each_role(overview.setup_overview, *STAFF_ROLES),
    "/setup/rules": _for_each_role(overview.status_rules, *STAFF_ROLES),
    "/setup/templates": _for_each_role(status_templates.template_list, *STAFF_ROLES),
    "/setup/templates/new": _for_each_role(status_templates.STATUS_TEMPLATE_PAGE.create_handler(), *STAFF_ROLES),
    "/setup/templates/{id}": _for_each_role(status_templates.STATUS_TEMPLATE_PAGE.detail_handler(), *STAFF_ROLES),
    "/setup/automations": _for_each_role(automations.automation_list, *STAFF_ROLES),
    "/setup/automations/new": _for_each_role(automations.AUTOMATION_PAGE.create_handler(), *STAFF_ROLES),
    "/setup/automations/{id}": _for_each_role(automations.AUTOMATION_PAGE.detail_handler(), *STAFF_ROLES),
    "/setup/exceptions": _for_each_role(automations.exceptions, *STAFF_ROLES),
    "/setup/pipelines": _for_each_role(pipelines.pipeline_list, *STAFF_ROLES),
    "/setup/pipelines/new": _for_each_role(pipelines.PIPELINE_PAGE.create_handler(), *STAFF_ROLES),
    "/setup/pipelines/{id}": _for_each_role(pipelines.PIPELINE_PAGE.detail_handler(), *STAFF_ROLES),
    "/setup/order-templates": _for_each_role(order_templates.template_list, *STAFF_ROLES),
    "/setup/order-templates/new": _for_each_role(order_templates.ORDER_TEMPLATE_PAGE.create_handler(), *STAFF_ROLES),
    "/setup/order-templates/{id}": _for_each_role(order_templates.ORDER_TEMPLATE_PAGE.detail_handler(), *STAFF_ROLES),
}
STATUSES_WITH_OWN_TEXT = {400, 403, 404, 405, 413, 429}


def routes(dependencies: PageDependencies, subscribe_changes: live_updates.ChangeStream) -> list[BaseRoute]:
    """All routes of the portal; `subscribe_changes` is the source of live updates."""
    pages = [_page_route(dependencies, path, handlers) for path, handlers in PAGES.items()]
    mailed = [
        Route("/l/{token}", mailed_links.mailed_link_page(dependencies), methods=["GET", "POST"]),
        Route("/u/{token}", unsubscribe.unsubscribe_page(dependencies), methods=["GET", "POST"]),
    ]
    feed = Route("/live", live_updates.live_updates(dependencies, subscribe_changes), methods=["GET"])
    return [
        *_account_routes(dependencies),
        *_impersonation_routes(dependencies),
        *pages,
        *mailed,
        feed,
        Mount("/static", StaticAssets(), name="static"),
    ]


def error_page(request: Request, status: int, language: str, context: PageContext | None = None) -> Response:
    """The page for an HTTP error; with `context`, it has the visitor's navigation and language."""
    return render(
        "error.html",
        context.language if context else language,
        status=status,
        context=context,
        path=request.url.path,
        kind=str(status) if status in STATUSES_WITH_OWN_TEXT else "500",
        request_id=getattr(request.state, "request_id", ""),
    )


async def signed_in_error_page(
    dependencies: PageDependencies, request: Request, status: int, language: str
) -> Response:
    """The error page with the navigation of the visitor, and the impersonation banner where it applies."""
    visitor = await dependencies.auth.visitor(request)
    if visitor is None or visitor.must_change_password:
        return error_page(request, status, language)
    context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
    return error_page(request, status, language, context)


def _page_route(dependencies: PageDependencies, path: str, handlers: Mapping[str, Handler]) -> Route:
    """Pages of one object have forms; dashboards and lists accept GET only."""
    is_form = path.endswith(("}", "/new", "/edit", "/settings", "/exceptions", "/rules", "/move"))
    methods = ["GET", "POST"] if is_form else ["GET"]
    return Route(path, role_endpoint(dependencies, handlers), methods=methods)


def _impersonation_routes(dependencies: PageDependencies) -> list[BaseRoute]:
    return [
        Route("/viewing/hidden", impersonation.hidden_items_page(dependencies), methods=["GET"]),
        Route("/viewing/leave", impersonation.stop_impersonation(dependencies), methods=["POST"]),
    ]


def _account_routes(dependencies: PageDependencies) -> list[BaseRoute]:
    return [
        Route("/sign-in", account_pages.sign_in(dependencies), methods=["GET", "POST"]),
        Route("/password", account_pages.change_password(dependencies), methods=["GET", "POST"]),
        Route("/sign-out", account_pages.sign_out(dependencies), methods=["POST"]),
        Route("/role", account_pages.switch_role(dependencies), methods=["POST"]),
        Route("/language", account_pages.change_language(dependencies), methods=["POST"]),
    ]
