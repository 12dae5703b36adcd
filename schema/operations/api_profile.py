"""The profile of the operations schema: members, staff, finance and administrators."""

from domain.billing.scope import INVOICES_SCOPE, LINES_SCOPE
from domain.bulk.selection import ClaimSearch, InvoiceSearch, LineSearch, OrderSearch
from domain.claims.scope import CLAIMS_SCOPE
from domain.kernel.actors import Role
from domain.orders.scope import ORDERS_SCOPE
from domain.registry import REGISTRY
from schema.declarations.types import FilteredList
from schema.derivation.api_profile import ApiProfile
from schema.derivation.open_actions import OpenActionFields
from schema.operations.claims.lists import CLAIM_SORTS, ClaimWhere
from schema.operations.errors import to_error
from schema.operations.invoices.lists import INVOICE_SORTS, LINE_SORTS, InvoiceWhere, LineWhere
from schema.operations.orders.lists import ORDER_SORTS, OrderWhere
from schema.operations.references import ENTITIES

PROFILE = ApiProfile(
    registry=REGISTRY,
    roles=frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN}),
    entities=ENTITIES,
    to_error=to_error,
    payload_fields=dict.fromkeys(
        ("clientStatusBulk", "orderBulk", "lineBulk", "invoiceBulk", "claimBulk"), "bulkOperation"
    ),
    searchable_lists={
        OrderSearch: FilteredList(ORDERS_SCOPE, OrderWhere, ORDER_SORTS),
        LineSearch: FilteredList(LINES_SCOPE, LineWhere, LINE_SORTS),
        InvoiceSearch: FilteredList(INVOICES_SCOPE, InvoiceWhere, INVOICE_SORTS),
        ClaimSearch: FilteredList(CLAIMS_SCOPE, ClaimWhere, CLAIM_SORTS),
    },
)
OPEN_ACTIONS = OpenActionFields(PROFILE)
