"""How lists of orders and of their comments are narrowed and sorted in the portal."""

import strawberry

from schema.compiled.declare import by, filtered, ordering
from schema.portal.enums import OrderStatus
from schema.shared.filters import Choice, Identifier, Instant, Text

FOUND = "({t}.number ILIKE '%' || {value} || '%' OR {t}.project ILIKE '%' || {value} || '%')"


@strawberry.input(description="Which orders to list; all that is given must hold.")
class OrderWhere:
    """Which orders to list."""

    id: Identifier | None = filtered(id_prefix="ord", description="By identifier.")
    number: Text | None = filtered(description="By number.")
    status: Choice[OrderStatus] | None = filtered(leads=True, description="By where they stand.")
    project: Text | None = filtered(description="By name of the project.")
    search: str | None = filtered(FOUND, description="Part of the number or the project.")
    offered_at: Instant | None = filtered(description="By when they were offered.")


@strawberry.input(description="Which pieces of work to list; all that is given must hold.")
class ClientStatusWhere:
    """Which pieces of work to list."""

    id: Identifier | None = filtered(id_prefix="ord", description="By the identifier of its order.")


ORDER_SORTS = ordering(
    "Order",
    default="-CREATED_AT",
    CREATED_AT=by("{t}.created_at", "timestamptz", description="When it was begun."),
    NUMBER=by("{t}.number", description="The number."),
    PROJECT=by("lower({t}.project)", description="The name of the project."),
    OFFER_END=by(
        "coalesce({t}.offer_valid_until, '9999-12-31'::date)",
        "date",
        description="The last day of the offer; without one last.",
    ),
)
COMMENT_SORTS = ordering(
    "Comment",
    default="CREATED_AT",
    CREATED_AT=by("{t}.created_at", "timestamptz", description="When it was said."),
)
