"""Rehearsals: the changes an automation would have made in the past."""

from datetime import date, datetime

import strawberry

from domain.client_status.model import Visibility
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, embedded, ordering, sort_key, to_one
from schema.operations.references import AnOrder
from schema.operations.timeline import Event
from schema.shared.node import Node
from schema.shared.translated_fields import localized_column, translated


@strawberry.type(description="A client status at one moment of the past.")
class RehearsedStatus:
    """A client status at one past instant."""

    visibility: Visibility = column("{visibility}", description="Whether it was shown.")
    visibility_label: str = translated(
        "status.visibility", "{visibility}", description="That in the viewer's language."
    )
    label: str = column("{label}", description="The status in the viewer's language; empty while there was none.")
    expected_on: date | None = column("{expected_on}", description="The day the client could expect the result.")


@strawberry.type(description="What an automation would have changed at one past event, as if no text was held by hand.")
class Rehearsal(Node):
    """The change an automation would have made at one past event."""

    id: strawberry.ID = column(id_prefix="rhs", description="The identifier of this entry.")
    order: AnOrder = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order.")
    event: Event | None = to_one(
        EVENTS_SCOPE, on="{t}.id = {p}.event_id", description="What happened; null when it is not for the viewer."
    )
    at: datetime = column(description="When it happened.")
    was: RehearsedStatus = embedded(
        visibility="{t}.was_visibility",
        label=localized_column("was_label"),
        expected_on="{t}.was_expected_on",
        description="What the client was told just before.",
    )
    would_be: RehearsedStatus = embedded(
        visibility="{t}.would_be_visibility",
        label=localized_column("would_be_label"),
        expected_on="{t}.would_be_expected_on",
        description="What the client would have been told from then on.",
    )


REHEARSAL_SORTS = ordering(
    "Rehearsal", default="-AT", AT=sort_key("{t}.at", "timestamptz", description="When it happened.")
)
