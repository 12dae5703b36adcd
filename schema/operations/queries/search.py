"""The search of the operations schema: what one text finds among orders, customers, members and invoices."""

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MEMBERS_SCOPE
from schema.operations.invoices.invoice import Invoice
from schema.operations.invoices.lists import SEARCH as INVOICE_SEARCH
from schema.operations.orders.lists import SEARCH_CONDITION as ORDER_SEARCH
from schema.operations.orders.order import Order
from schema.operations.parties import CUSTOMER_SEARCH, MEMBER_SEARCH, Customer, Member
from schema.shared.search.found_rows import IS_INVOICE_NUMBER, IS_ORDER_NUMBER, found_rows, numbered, search_field


@strawberry.type(description="What a search finds, each kind by itself.")
class SearchResults:
    """What a search finds, each kind by itself."""

    orders: list[Order] = numbered(
        ORDERS_SCOPE,
        ORDER_SEARCH,
        first=IS_ORDER_NUMBER,
        description="Orders by number, project and customer, the newest first.",
    )
    customers: list[Customer] = found_rows(
        CUSTOMERS_SCOPE,
        CUSTOMER_SEARCH,
        on="{t}.status <> 'MERGED'",
        order="{t}.legal_name, {t}.id",
        description="Customers by name, postcode and city, in alphabetical order.",
    )
    members: list[Member] = found_rows(
        MEMBERS_SCOPE,
        MEMBER_SEARCH,
        order="{t}.name, {t}.id",
        description="Members by name and number, in alphabetical order.",
    )
    invoices: list[Invoice] = numbered(
        INVOICES_SCOPE,
        INVOICE_SEARCH,
        first=IS_INVOICE_NUMBER,
        description="Invoices by number, customer, member and order, the newest first.",
    )


@strawberry.type
class SearchQueries:
    """The query that searches."""

    search: SearchResults = search_field("What a text finds among orders, customers, members and invoices.")
