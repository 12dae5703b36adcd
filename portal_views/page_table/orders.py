"""Pages of orders, of the work that customers see, the board, and what everyone reads of them."""

from portal_views.page_table.route import PageRoute, for_each_role
from portal_views.pages import bulk_operations, customer_portal, dashboards, mail_settings, orders, search
from portal_views.pages.account import notifications
from portal_views.pages.boards import board, card_status, stage_moves, undo
from portal_views.pages.drafts import autosave, figures, order_drafts
from portal_views.pages.order_page import page as order_page
from portal_views.web.roles import BULK_ROLES, OPERATOR_ROLES, STAFF_ROLES

ORDER_PAGES = (
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
        {"CUSTOMER": customer_portal.order_list, **for_each_role(orders.order_list, "MEMBER", *OPERATOR_ROLES)},
    ),
    PageRoute("/orders/new", {"MEMBER": order_drafts.DRAFT_PAGE.create_handler()}, accepts_post=True),
    PageRoute("/drafts/save", {"MEMBER": autosave.save_draft}, accepts_post=True),
    PageRoute("/drafts/save-delivery", {"MEMBER": autosave.save_delivery}, accepts_post=True),
    PageRoute("/drafts/save-claim", {"MEMBER": autosave.save_claim}, accepts_post=True),
    PageRoute("/drafts/figures", {"MEMBER": figures.draft_figures}, accepts_post=True),
    PageRoute("/orders/new/{id}", {"MEMBER": order_drafts.new_order_from_template}, accepts_post=True),
    PageRoute(
        "/orders/{id}",
        {"CUSTOMER": customer_portal.order, **for_each_role(order_page.order, "MEMBER", *OPERATOR_ROLES)},
        accepts_post=True,
    ),
    PageRoute("/orders/{id}/edit", {"MEMBER": order_drafts.DRAFT_PAGE.amend_handler()}, accepts_post=True),
    PageRoute(
        "/notifications",
        for_each_role(notifications.notification_list, "CUSTOMER", "MEMBER", *OPERATOR_ROLES),
        accepts_post=True,
    ),
    PageRoute("/search", for_each_role(search.search, "CUSTOMER", "MEMBER", *OPERATOR_ROLES)),
    PageRoute("/deliveries/{id}", {"CUSTOMER": customer_portal.delivery}, accepts_post=True),
    PageRoute("/supplements/{id}", {"CUSTOMER": customer_portal.supplement}, accepts_post=True),
    PageRoute("/settings", {"CUSTOMER": mail_settings.mail_settings}, accepts_post=True),
    PageRoute("/work", {"CUSTOMER": customer_portal.work_list}),
    PageRoute("/work/{id}", {"CUSTOMER": customer_portal.work}, accepts_post=True),
    PageRoute("/board", for_each_role(board.board, *STAFF_ROLES)),
    PageRoute("/board/off", for_each_role(board.off_board, *STAFF_ROLES)),
    PageRoute("/board/move", for_each_role(stage_moves.move_orders, *STAFF_ROLES), accepts_post=True),
    PageRoute("/board/undo", for_each_role(undo.undo_moves, *STAFF_ROLES), accepts_post=True),
    PageRoute("/board/status", for_each_role(card_status.card_status, *STAFF_ROLES), accepts_post=True),
    PageRoute("/bulk", for_each_role(bulk_operations.operation_list, *BULK_ROLES)),
    PageRoute("/bulk/new", for_each_role(bulk_operations.new_operation, *BULK_ROLES), accepts_post=True),
    PageRoute("/bulk/{id}", for_each_role(bulk_operations.operation, *BULK_ROLES), accepts_post=True),
)
