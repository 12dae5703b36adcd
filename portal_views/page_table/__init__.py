"""The pages of the portal: the handler of each path for each role, by what the pages are about."""

from portal_views.page_table.administration import ADMINISTRATION_PAGES
from portal_views.page_table.billing import BILLING_PAGES
from portal_views.page_table.orders import ORDER_PAGES
from portal_views.page_table.people import PEOPLE_PAGES
from portal_views.page_table.route import PageRoute as PageRoute
from portal_views.page_table.setup import SETUP_PAGES

PAGES = (*ORDER_PAGES, *PEOPLE_PAGES, *BILLING_PAGES, *ADMINISTRATION_PAGES, *SETUP_PAGES)
