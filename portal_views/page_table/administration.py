"""Pages of the operator, its settings and the state of the system."""

from portal_views.page_table.route import PageRoute, for_each_role
from portal_views.pages.administration import audit, deadlines, health, mails, webhooks
from portal_views.pages.setup import operator_settings
from portal_views.pages.setup.settings_sections import SETTINGS_PAGES
from portal_views.web.roles import FINANCE_ROLES

ADMINISTRATION_PAGES = (
    PageRoute("/deadlines", {"ADMIN": deadlines.deadline_list}, accepts_post=True),
    PageRoute("/mails", for_each_role(mails.mail_list, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/audit", {"ADMIN": audit.audit_trail}),
    PageRoute("/health-overview", {"ADMIN": health.health_overview}, accepts_post=True),
    *(
        PageRoute(page.path, {"ADMIN": operator_settings.settings_handler(page)}, accepts_post=True, max_files=1)
        for page in SETTINGS_PAGES
    ),
    PageRoute("/settings/webhooks", {"ADMIN": webhooks.endpoint_list}),
    PageRoute("/settings/webhooks/new", {"ADMIN": webhooks.WEBHOOK_PAGE.create_handler()}, accepts_post=True),
    PageRoute("/settings/webhooks/{id}", {"ADMIN": webhooks.WEBHOOK_PAGE.detail_handler()}, accepts_post=True),
    PageRoute("/settings/webhooks/{id}/log", {"ADMIN": webhooks.delivery_log}, accepts_post=True),
)
