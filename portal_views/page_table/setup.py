"""Pages of what staff sets up: templates, automations and boards."""

from portal_views.page_table.route import PageRoute, for_each_role
from portal_views.pages.setup import automations, order_templates, overview, pipelines, status_rules, status_templates
from portal_views.web.roles import STAFF_ROLES

SETUP_PAGES = (
    PageRoute("/setup", for_each_role(overview.setup_overview, *STAFF_ROLES)),
    PageRoute("/setup/rules", for_each_role(status_rules.status_rules, *STAFF_ROLES), accepts_post=True),
    PageRoute("/setup/templates", for_each_role(status_templates.template_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/templates/new",
        for_each_role(status_templates.STATUS_TEMPLATE_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/templates/{id}",
        for_each_role(status_templates.STATUS_TEMPLATE_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute("/setup/automations", for_each_role(automations.automation_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/automations/new",
        for_each_role(automations.AUTOMATION_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/automations/{id}",
        for_each_role(automations.AUTOMATION_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute("/setup/exceptions", for_each_role(automations.exceptions, *STAFF_ROLES), accepts_post=True),
    PageRoute("/setup/pipelines", for_each_role(pipelines.pipeline_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/pipelines/new",
        for_each_role(pipelines.PIPELINE_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/pipelines/{id}",
        for_each_role(pipelines.PIPELINE_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute("/setup/order-templates", for_each_role(order_templates.template_list, *STAFF_ROLES)),
    PageRoute(
        "/setup/order-templates/new",
        for_each_role(order_templates.ORDER_TEMPLATE_PAGE.create_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
    PageRoute(
        "/setup/order-templates/{id}",
        for_each_role(order_templates.ORDER_TEMPLATE_PAGE.detail_handler(), *STAFF_ROLES),
        accepts_post=True,
    ),
)
