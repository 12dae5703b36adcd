"""The profile of the operations schema: members, staff, finance and administrators."""

from typing import Any

from domain.bulk.selection import OrderSearch
from domain.kernel.actors import Role
from domain.orders.scope import ORDERS_SCOPE
from domain.registry import REGISTRY
from schema.declarations.types import FilteredList
from schema.derivation.api_profile import ApiProfile
from schema.derivation.open_actions import OpenActionFields
from schema.operations.errors import to_error
from schema.operations.orders.lists import ORDER_SORTS, OrderWhere
from schema.operations.references import (
    ABillableLine,
    ABulkOperation,
    AClientStatus,
    ACustomer,
    ADeadline,
    ADelivery,
    AnAutomation,
    AnAutomationRun,
    AnInvoice,
    AnOrder,
    AnOrderTemplate,
    APipeline,
    AStatusTemplate,
    TheStatusRules,
)

ENTITIES: dict[str, Any] = {
    "order": AnOrder,
    "delivery": ADelivery,
    "line": ABillableLine,
    "invoice": AnInvoice,
    "clientStatus": AClientStatus,
    "customer": ACustomer,
    "deadline": ADeadline,
    "automation": AnAutomation,
    "automationRun": AnAutomationRun,
    "pipeline": APipeline,
    "statusTemplate": AStatusTemplate,
    "statusRules": TheStatusRules,
    "orderTemplate": AnOrderTemplate,
    "clientStatusBulk": ABulkOperation,
    "orderBulk": ABulkOperation,
    "bulkOperation": ABulkOperation,
}
PROFILE = ApiProfile(
    registry=REGISTRY,
    roles=frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN}),
    entities=ENTITIES,
    to_error=to_error,
    searchable_lists={OrderSearch: FilteredList(ORDERS_SCOPE, OrderWhere, ORDER_SORTS)},
)
OPEN_ACTIONS = OpenActionFields(PROFILE)
