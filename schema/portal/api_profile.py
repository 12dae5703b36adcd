"""What customers may move, signed in or by a mailed link."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.kernel.actors import Role
from domain.registry import REGISTRY
from schema.derivation.api_profile import ApiProfile
from schema.derivation.open_actions import OpenActionFields
from schema.portal.errors import to_error

if TYPE_CHECKING:
    from schema.portal.deliveries import Delivery
    from schema.portal.orders import Order
    from schema.portal.parties import Contact

AnOrder = Annotated["Order", strawberry.lazy("schema.portal.orders")]
ADelivery = Annotated["Delivery", strawberry.lazy("schema.portal.deliveries")]
AContact = Annotated["Contact", strawberry.lazy("schema.portal.parties")]

ENTITIES: dict[str, Any] = {"order": AnOrder, "delivery": ADelivery, "contact": AContact}
PROFILE = ApiProfile(
    registry=REGISTRY,
    roles=frozenset({Role.CUSTOMER}),
    entities=ENTITIES,
    to_error=to_error,
    hidden_input_fields={"order.comment": frozenset({"visibility"})},
)
OPEN_ACTIONS = OpenActionFields(PROFILE)
