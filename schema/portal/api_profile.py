"""The profile of the portal schema: customers, signed in or by a mailed link."""

from domain.kernel.actors import Role
from domain.registry import REGISTRY
from schema.derivation.api_profile import ApiProfile
from schema.derivation.open_actions import OpenActionFields
from schema.portal.errors import to_error
from schema.portal.references import ENTITIES

PROFILE = ApiProfile(
    registry=REGISTRY,
    roles=frozenset({Role.CUSTOMER}),
    entities=ENTITIES,
    to_error=to_error,
    hidden_input_fields={"order.comment": frozenset({"visibility"})},
)
OPEN_ACTIONS = OpenActionFields(PROFILE)
