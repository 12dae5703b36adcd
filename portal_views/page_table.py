"""The pages of the portal: the handler of each path for each role."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal_views.pages import (
    accounts,
    bulk_operations,
    choices,
    create_pages,
    customer_merge,
    customer_portal,
    customers,
    dashboards,
    imports,
    mail_settings,
    members,
    orders,
    search,
)
from portal_views.pages.account import notifications
from portal_views.pages.administration import audit, deadlines, health, mails, personal_data, webhooks
from portal_views.pages.billing import (
    bank,
    budgets,
    claims,
    draft_prints,
    dunning,
    invoice_runs,
    invoices_and_lines,
    ledger_exports,
    payment_files,
    proposed_invoices,
    receivables,
    register,
)
from portal_views.pages.boards import board, card_status, stage_moves, undo
from portal_views.pages.drafts import autosave, figures, order_drafts
from portal_views.pages.order_page import page as order_page
from portal_views.pages.setup import (
    automations,
    operator_settings,
    order_templates,
    overview,
    pipelines,
    status_rules,
    status_templates,
)
from portal_views.web.page_context import Handler
from portal_views.web.roles import BULK_ROLES, FINANCE_ROLES, OPERATOR_ROLES, STAFF_ROLES


@dataclass(frozen=True)
class PageRoute:
    """A path with the handler of each role; `accepts_post` says whether the page has forms, with how many files."""

    path: str
    handlers: Mapping[str, Handler]
    accepts_post: bool = False
    max_files: int = 0


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
    PageRoute("/drafts/save", {"MEMBER": autosave.save_draft}, accepts_post=True),
    PageRoute("/drafts/figures", {"MEMBER": figures.draft_figures}, accepts_post=True),
    PageRoute("/orders/new/{id}", {"MEMBER": order_drafts.new_order_from_template}, accepts_post=True),
    PageRoute(
        "/orders/{id}",
        {"CUSTOMER": customer_portal.order, **_for_each_role(order_page.order, "MEMBER", *OPERATOR_ROLES)},
        accepts_post=True,
    ),
    PageRoute("/orders/{id}/edit", {"MEMBER": order_drafts.DRAFT_PAGE.amend_handler()}, accepts_post=True),
    PageRoute(
        "/notifications",
        _for_each_role(notifications.notification_list, "CUSTOMER", "MEMBER", *OPERATOR_ROLES),
        accepts_post=True,
    ),
    PageRoute("/search", _for_each_role(search.search, "CUSTOMER", "MEMBER", *OPERATOR_ROLES)),
    PageRoute("/deliveries/{id}", {"CUSTOMER": customer_portal.delivery}, accepts_post=True),
    PageRoute("/supplements/{id}", {"CUSTOMER": customer_portal.supplement}, accepts_post=True),
    PageRoute("/settings", {"CUSTOMER": mail_settings.mail_settings}, accepts_post=True),
    PageRoute("/work", {"CUSTOMER": customer_portal.work_list}),
    PageRoute("/work/{id}", {"CUSTOMER": customer_portal.work}, accepts_post=True),
    PageRoute("/accounts", {"ADMIN": accounts.account_list}),
    PageRoute("/accounts/invite", _for_each_role(accounts.invite, "MEMBER", *STAFF_ROLES), accepts_post=True),
    PageRoute("/accounts/{id}", _for_each_role(accounts.account, "MEMBER", *STAFF_ROLES), accepts_post=True),
    PageRoute("/accounts/{id}/data", {"ADMIN": personal_data.personal_data_of("account", personal_data.as_json)}),
    PageRoute("/accounts/{id}/data/page", {"ADMIN": personal_data.personal_data_of("account", personal_data.as_page)}),
    PageRoute("/contacts/{id}/data", {"ADMIN": personal_data.personal_data_of("contact", personal_data.as_json)}),
    PageRoute("/contacts/{id}/data/page", {"ADMIN": personal_data.personal_data_of("contact", personal_data.as_page)}),
    PageRoute("/choices/{kind}", _for_each_role(choices.choices, "MEMBER", *OPERATOR_ROLES)),
    PageRoute("/board", _for_each_role(board.board, *STAFF_ROLES)),
    PageRoute("/board/off", _for_each_role(board.off_board, *STAFF_ROLES)),
    PageRoute("/board/move", _for_each_role(stage_moves.move_orders, *STAFF_ROLES), accepts_post=True),
    PageRoute("/board/undo", _for_each_role(undo.undo_moves, *STAFF_ROLES), accepts_post=True),
    PageRoute("/board/status", _for_each_role(card_status.card_status, *STAFF_ROLES), accepts_post=True),
    PageRoute("/bulk", _for_each_role(bulk_operations.operation_list, *BULK_ROLES)),
    PageRoute("/bulk/new", _for_each_role(bulk_operations.new_operation, *BULK_ROLES), accepts_post=True),
    PageRoute("/bulk/{id}", _for_each_role(bulk_operations.operation, *BULK_ROLES), accepts_post=True),
    PageRoute("/customers", _for_each_role(customers.customer_list, "MEMBER", *OPERATOR_ROLES)),
    PageRoute("/customers/new", _for_each_role(create_pages.new_customer, "MEMBER", *STAFF_ROLES), accepts_post=True),
    PageRoute("/customers/{id}", _for_each_role(customers.customer, "MEMBER", *OPERATOR_ROLES), accepts_post=True),
    PageRoute("/customers/{id}/merge", _for_each_role(customer_merge.customer_merge, *STAFF_ROLES), accepts_post=True),
    PageRoute("/members", _for_each_role(members.member_list, *STAFF_ROLES)),
    PageRoute("/members/new", _for_each_role(create_pages.new_member, *STAFF_ROLES), accepts_post=True),
    PageRoute("/members/{id}", _for_each_role(members.member, *STAFF_ROLES), accepts_post=True),
    PageRoute("/imports", _for_each_role(imports.import_list, *OPERATOR_ROLES)),
    PageRoute("/imports/new", _for_each_role(imports.new_import, *OPERATOR_ROLES), accepts_post=True, max_files=1),
    PageRoute("/imports/{id}", _for_each_role(imports.data_import, *OPERATOR_ROLES), accepts_post=True),
    PageRoute("/membership", {"MEMBER": members.membership}, accepts_post=True),
    PageRoute("/invoices/propose", {"MEMBER": proposed_invoices.new_proposal}, accepts_post=True),
    PageRoute("/invoices/new", _for_each_role(create_pages.new_invoice, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/invoices/drafts", _for_each_role(draft_prints.draft_prints, *FINANCE_ROLES), accepts_post=True),
    PageRoute(
        "/invoices",
        {
            "CUSTOMER": customer_portal.invoice_list,
            **_for_each_role(invoices_and_lines.invoice_list, "MEMBER", *FINANCE_ROLES),
        },
    ),
    PageRoute("/invoices/{id}/issue", _for_each_role(invoices_and_lines.issue, *FINANCE_ROLES), accepts_post=True),
    PageRoute(
        "/invoices/{id}",
        {
            "CUSTOMER": customer_portal.invoice,
            **_for_each_role(invoices_and_lines.invoice, "MEMBER", *FINANCE_ROLES),
        },
        accepts_post=True,
    ),
    PageRoute(
        "/runs/new", _for_each_role(invoice_runs.RUN_SELECTION.create_handler(), *FINANCE_ROLES), accepts_post=True
    ),
    PageRoute("/runs", _for_each_role(invoice_runs.run_list, *FINANCE_ROLES)),
    PageRoute("/runs/{id}", _for_each_role(invoice_runs.run, *FINANCE_ROLES), accepts_post=True),
    PageRoute(
        "/runs/{id}/edit",
        _for_each_role(invoice_runs.RUN_SELECTION.amend_handler(), *FINANCE_ROLES),
        accepts_post=True,
    ),
    PageRoute("/receivables", _for_each_role(receivables.receivable_list, *FINANCE_ROLES)),
    PageRoute("/receivables/dunning", _for_each_role(dunning.dunning_run, *FINANCE_ROLES)),
    PageRoute("/receivables/{id}", _for_each_role(receivables.receivable, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/budget", {"MEMBER": budgets.own_budget}),
    PageRoute("/budgets", _for_each_role(budgets.budget_list, *FINANCE_ROLES)),
    PageRoute("/budgets/{id}", _for_each_role(budgets.budget, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/budgets/{id}/entries", _for_each_role(budgets.entry_list, "MEMBER", *FINANCE_ROLES)),
    PageRoute("/claims", _for_each_role(claims.claim_list, "MEMBER", *FINANCE_ROLES)),
    PageRoute("/claims/new", {"MEMBER": claims.DRAFT_PAGE.create_handler()}, accepts_post=True),
    PageRoute("/claims/{id}", _for_each_role(claims.claim, "MEMBER", *FINANCE_ROLES), accepts_post=True),
    PageRoute("/claims/{id}/edit", {"MEMBER": claims.DRAFT_PAGE.amend_handler()}, accepts_post=True),
    PageRoute("/payment-files", _for_each_role(payment_files.file_list, *FINANCE_ROLES)),
    PageRoute("/payment-files/new", _for_each_role(payment_files.new_file, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/payment-files/{id}", _for_each_role(payment_files.payment_file, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/payment-files/{id}/download", _for_each_role(payment_files.download, *FINANCE_ROLES)),
    PageRoute("/bank", _for_each_role(bank.transaction_list, *FINANCE_ROLES)),
    PageRoute("/bank/import", _for_each_role(bank.new_file, *FINANCE_ROLES), accepts_post=True, max_files=1),
    PageRoute("/bank/files/{id}", _for_each_role(bank.bank_file, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/bank/transactions/{id}", _for_each_role(bank.transaction, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/lines/new", _for_each_role(create_pages.new_line, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/lines", _for_each_role(invoices_and_lines.line_list, *FINANCE_ROLES)),
    PageRoute("/lines/{id}", _for_each_role(invoices_and_lines.line, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/postings", _for_each_role(ledger_exports.ledger_exports, *FINANCE_ROLES)),
    PageRoute("/register", _for_each_role(register.number_register, *FINANCE_ROLES)),
    PageRoute("/deadlines", {"ADMIN": deadlines.deadline_list}, accepts_post=True),
    PageRoute("/mails", _for_each_role(mails.mail_list, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/audit", {"ADMIN": audit.audit_trail}),
    PageRoute("/health-overview", {"ADMIN": health.health_overview}, accepts_post=True),
    PageRoute("/setup", _for_each_role(overview.setup_overview, *STAFF_ROLES)),
    PageRoute("/setup/rules", _for_each_role(status_rules.status_rules, *STAFF_ROLES), accepts_post=True),
    PageRoute("/settings/operator", {"ADMIN": operator_settings.operator_settings}, accepts_post=True, max_files=1),
    PageRoute("/settings/webhooks", {"ADMIN": webhooks.endpoint_list}),
    PageRoute("/settings/webhooks/new", {"ADMIN": webhooks.WEBHOOK_PAGE.create_handler()}, accepts_post=True),
    PageRoute("/settings/webhooks/{id}", {"ADMIN": webhooks.WEBHOOK_PAGE.detail_handler()}, accepts_post=True),
    PageRoute("/settings/webhooks/{id}/log", {"ADMIN": webhooks.delivery_log}, accepts_post=True),
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


# Pages about one's own account, the same for all roles.
