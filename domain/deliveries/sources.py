"""Which deliveries, versions and defects exist for whom."""

from collections.abc import Mapping

from domain.core.actors import ActorKind
from domain.core.belonging import below
from domain.core.sources import EVERYTHING, Source
from domain.orders.sources import ACCESS, ASSIGNED, OFFERED, THERE

SUBMITTED = "{t}.current_number > 0"
UNDER_REVIEW = "{t}.status IN ('DELIVERED', 'REVISION_REQUESTED')"


def of_order(condition: str) -> str:
    """SQL: the order of `{t}` fulfils a condition that is itself written over the alias `{t}`."""
    return f"EXISTS (SELECT 1 FROM orders o WHERE o.id = {{t}}.order_id AND {condition.replace('{t}', 'o')})"


SEEN_IN_FULL = of_order(f"{ACCESS} = 'FULL'")
OPEN_TO_CUSTOMER = f"{SUBMITTED} AND ({UNDER_REVIEW} OR {SEEN_IN_FULL})"
OF_CUSTOMER = of_order(f"{OFFERED} AND {{t}}.customer_id = ANY({{customers}})")
SCOPES: Mapping[ActorKind, str] = {
    ActorKind.MEMBER: of_order(f"{THERE} AND {{t}}.member_id = {{member}}"),
    ActorKind.STAFF: of_order(THERE),
    ActorKind.STAFF_ASSIGNED: of_order(f"{THERE} AND {ASSIGNED}"),
    ActorKind.FINANCE: of_order(THERE),
    ActorKind.ADMIN: of_order(THERE),
    ActorKind.CUSTOMER: f"{OPEN_TO_CUSTOMER} AND {OF_CUSTOMER}",
    ActorKind.LINK: f"{{t}}.id = {{delivery}} AND {OPEN_TO_CUSTOMER} AND {of_order(OFFERED)}",
    ActorKind.CLOCK: EVERYTHING,
}


DELIVERIES_SOURCE = Source(name="deliveries", table="deliveries", scopes=SCOPES)
BELOW = below(DELIVERIES_SOURCE, "delivery_id")
DELIVERY_VERSIONS_SOURCE = Source(name="delivery_versions", table="delivery_versions", scopes=BELOW)
DEFECTS_SOURCE = Source(name="defects", table="defects", scopes=BELOW)
