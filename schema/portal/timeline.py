"""The dated timeline and the deadlines that concern a customer."""

from datetime import datetime
from typing import Any

import strawberry

from domain.timeline import DEADLINES_SCOPE, EVENTS_SCOPE
from schema.declarations.fields import column, connection, ordering, sort_key, to_many
from schema.shared.field_order import field_order
from schema.shared.node import Node
from schema.shared.timeline import DeadlineFields
from schema.shared.translated_fields import translated


@strawberry.type(description="Something that happened and concerns the customer.")
class TimelineEntry(Node):
    """Something that happened and concerns the customer."""

    id: strawberry.ID = column(id_prefix="evt", description="The entry's identifier.")
    name: str = column(description="What happened, as a stable word: `delivery.submit`.")
    at: datetime = column(description="When it happened.")
    label: str = translated(
        "happened",
        "{t}.name",
        preferred_key_prefix="happenedForCustomer",
        description="What happened, in the viewer's language.",
    )


@field_order(
    """
    kind due_at label
    """
)
@strawberry.type(description="Something that happens at its time.")
class Deadline(DeadlineFields):
    """Something that happens at its time."""


TIMELINE_SORTS = ordering(
    "TimelineEntry", default="AT", AT=sort_key("{t}.at", "timestamptz", description="When it happened.")
)


def timeline_field(on: str) -> Any:
    """The public part of what happened to one row."""
    return connection(
        EVENTS_SCOPE, on=on, sorts=TIMELINE_SORTS, description="What happened, as far as it concerns you."
    )


def deadlines_field(noun: str) -> Any:
    """The pending deadlines of one row that concern its customer."""
    return to_many(
        DEADLINES_SCOPE,
        on=f"{{t}}.subject_id = {{p}}.id AND {{t}}.subject_kind = '{noun}' AND {{t}}.state = 'PENDING'",
        order="{t}.due_at, {t}.id",
        limit=10,
        description="What happens at its time.",
    )
