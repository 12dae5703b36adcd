"""Scopes of the operator's settings, which everyone reads as far as the API schema shows them, and of rates."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OPERATIONS_KINDS, ActorKind

OPERATOR_SCOPE = ScopedTable(
    name="operator_settings", table="operator_settings", predicates=dict.fromkeys(ActorKind, EVERYTHING)
)
FEE_RATES_SCOPE = ScopedTable(
    name="fee_rates", table="fee_rates", predicates=dict.fromkeys(OPERATIONS_KINDS, EVERYTHING)
)
BASE_RATES_SCOPE = ScopedTable(
    name="base_rates", table="base_rates", predicates=dict.fromkeys((ActorKind.FINANCE, ActorKind.ADMIN), EVERYTHING)
)
