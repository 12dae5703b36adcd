"""The search of the portal schema: what one text finds among the customer's orders and invoices."""

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from schema.portal.billing.invoices import ORDER_NUMBERS, Invoice
from schema.portal.order_lists import SEARCH_CONDITION as ORDER_SEARCH
from schema.portal.orders import Order
from schema.shared.filters import contains
from schema.shared.search.found_rows import IS_INVOICE_NUMBER, IS_ORDER_NUMBER, numbered

NUMBER = "coalesce({t}.number, '')"
INVOICE_SEARCH = f"""{contains(NUMBER)} OR EXISTS
    (SELECT 1 FROM unnest({ORDER_NUMBERS}) n(number) WHERE {contains("n.number")})"""


@strawberry.type(description="What a search finds, each kind by itself.")
class SearchResults:
    """What a search finds, each kind by itself."""

    orders: list[Order] = numbered(
        ORDERS_SCOPE,
        ORDER_SEARCH,
        first=IS_ORDER_NUMBER,
        description="Orders by number and project, the newest first.",
    )
    invoices: list[Invoice] = numbered(
        INVOICES_SCOPE,
        INVOICE_SEARCH,
        first=IS_INVOICE_NUMBER,
        description="Invoices by number and by the number of an order, the newest first.",
    )
