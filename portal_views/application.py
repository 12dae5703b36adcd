"""The routes of the portal: the handler of each path for each role."""

from collections.abc import Mapping
from dataclasses import dataclass

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
from portal_views.pages.setup import automations, order_templates, overview, pipelines, status_rules, status_templates
from portal_views.web import live_updates
from portal_views.web.assets import StaticAssets
from portal_views.web.page_context import Handler, PageDependencies, role_endpoint
from portal_views.web.roles import BULK_ROLES, FINANCE_ROLES, OPERATOR_ROLES, STAFF_ROLES


@dataclass(frozen=True)
class PageRoute:
    """A path with the handler of each role; `accepts_post` says whether the page has forms."""

    path: str
    handlers: Mapping[str, Handler]
    accepts_post: bool = False


def _for_each_role(handler: Handler, *roles: str) -> Mapping[str, Handler]:
    return dict.fromkeys(roles, handler)


PAGES = (
    PageRoute(
        "/",
        {
            "CUSTOMER": customer_portal.dashboard,
            "MEMBER": dashboards.member_dashboard,
            "STAFF": dashboards.staff_dashboard,
            "FINANCE": dashboards.finance_dashboard,
            "ADMIN": dashboards.admin_dashboard,
        },
    ),
    PageRoute(
        "/orders",
        {"CUSTOMER": customer_portal.order_list, **_for_each_role(orders.order_list, "MEMBER", *OPERATOR_ROLES)},
    ),
    PageRoute("/orders/new", {"MEMBER": order_drafts.DRAFT_PAGE.create_handler()}, accepts_post=True),
    PageRoute("/orders/new/{id}", {"MEMBER": order_drafts.new_order_from_template}, accepts_post=True),
    PageRoute(
        "/orders/{id}",
        {"CUSTOMER": customer_portal.order, **_for_each_role(orders.order, "MEMBER", *OPERATOR_ROLES)},
        accepts_post=True,
    ),
    PageRoute("/orders/{id}/edit", {"MEMBER": order_drafts.DRAFT_PAGE.amend_handler()}, accepts_post=True),
    PageRoute("/deliveries/{id}", {"CUSTOMER": customer_portal.delivery}, accepts_post=True),
    PageRoute("/settings", {"CUSTOMER": mail_settings.mail_settings}, accepts_post=True),
    PageRoute("/work", {"CUSTOMER": customer_portal.work_list}),
    PageRoute("/work/{id}", {"CUSTOMER": customer_portal.work}, accepts_post=True),
    PageRoute("/board", _for_each_role(board.board, *STAFF_ROLES)),
    PageRoute("/board/off", _for_each_role(board.off_board, *STAFF_ROLES)),
    PageRoute("/board/move", _for_each_role(stage_moves.move_orders, *STAFF_ROLES), accepts_post=True),
    PageRoute("/bulk", _for_each_role(bulk_operations.operation_list, *BULK_ROLES)),
    PageRoute("/bulk/new", _for_each_role(bulk_operations.new_operation, *BULK_ROLES), accepts_post=True),
    PageRoute("/bulk/{id}", _for_each_role(bulk_operations.operation, *BULK_ROLES), accepts_post=True),
    PageRoute("/customers", _for_each_role(customers.customer_list, "MEMBER", *OPERATOR_ROLES)),
    PageRoute("/customers/new", {"MEMBER": create_pages.new_customer}, accepts_post=True),
    PageRoute("/customers/{id}", _for_each_role(customers.customer, "MEMBER", *OPERATOR_ROLES), accepts_post=True),
    PageRoute("/invoices/new", _for_each_role(create_pages.new_invoice, *FINANCE_ROLES), accepts_post=True),
    PageRoute(
        "/invoices",
        {
            "CUSTOMER": customer_portal.invoice_list,
            **_for_each_role(billing.invoice_list, "MEMBER", *FINANCE_ROLES),
        },
    ),
    PageRoute(
        "/invoices/{id}",
        {
            "CUSTOMER": customer_portal.invoice,
            **_for_each_role(billing.invoice, "MEMBER", *FINANCE_ROLES),
        },
        accepts_post=True,
    ),
    PageRoute("/lines/new", _for_each_role(create_pages.new_line, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/lines", _for_each_role(billing.line_list, *FINANCE_ROLES)),
    PageRoute("/lines/{id}", _for_each_role(billing.line, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/setup", _for_each_role(overview.setup_overview, *STAFF_ROLES)),
    PageRoute("/setup/rules", _for_each_role(status_rules.status_rules, *STAFF_ROLES), accepts_post=True),
    PageRoute("/setup/templates", _for_each_role(status_templates.template_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/templates/new",
        _for_each_role(status_templates.STATUS_TEMPLATE_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/templates/{id}",
        _for_each_role(status_templates.STATUS_TEMPLATE_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute("/setup/automations", _for_each_role(automations.automation_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/automations/new",
        _for_each_role(automations.AUTOMATION_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/automations/{id}",
        _for_each_role(automations.AUTOMATION_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute("/setup/exceptions", _for_each_role(automations.exceptions, *STAFF_ROLES), accepts_post=True),
    PageRoute("/setup/pipelines", _for_each_role(pipelines.pipeline_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/pipelines/new",
        _for_each_role(pipelines.PIPELINE_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/pipelines/{id}",
        _for_each_role(pipelines.PIPELINE_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute("/setup/order-templates", _for_each_role(order_templates.template_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/order-templates/new",
        _for_each_role(order_templates.ORDER_TEMPLATE_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/order-templates/{id}",
        _for_each_role(order_templates.ORDER_TEMPLATE_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
)


def routes(dependencies: PageDependencies, subscribe_changes: live_updates.ChangeStream) -> list[BaseRoute]:
    """All routes of the portal; `subscribe_changes` is the source of live updates."""
    pages = [_page_route(dependencies, page) for page in PAGES]
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


def _page_route(dependencies: PageDependencies, page: PageRoute) -> Route:
    methods = ["GET", "POST"] if page.accepts_post else ["GET"]
    return Route(page.path, role_endpoint(dependencies, page.handlers), methods=methods)


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
