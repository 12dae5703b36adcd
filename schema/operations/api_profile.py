"""The profile of the operations schema: members, staff, finance and administrators."""

from domain.bulk.selection import OrderSearch
from domain.kernel.actors import Role
from domain.orders.scope import ORDERS_SCOPE
from domain.registry import REGISTRY
from schema.declarations.types import FilteredList
from schema.derivation.api_profile import ApiProfile
from schema.derivation.open_actions import OpenActionFields
from schema.operations.errors import to_error
from schema.operations.orders.lists import ORDER_SORTS, OrderWhere
from schema.operations.references import ENTITIES

PROFILE = ApiProfile(
    registry=REGISTRY,
    roles=frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN}),
    entities=ENTITIES,
    to_error=to_error,
    searchable_lists={OrderSearch: FilteredList(ORDERS_SCOPE, OrderWhere, ORDER_SORTS)},
)
OPEN_ACTIONS = OpenActionFields(PROFILE)
