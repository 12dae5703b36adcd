"""Client statuses and their changes, as far as both schemas show the same."""

from datetime import date, datetime

import strawberry

from schema.declarations.fields import column, ordering, sort_key
from schema.shared.node import Node
from schema.shared.translated_fields import localized_column


@strawberry.type
class ClientStatusFields(Node):
    """The fields of a client status that both schemas show."""

    id: strawberry.ID = column(id_prefix="cst", description="The status's identifier.")
    name: str = column(description="The client's name for the work.")
    label: str = column(localized_column("label"), description="The status in a word or two, in the viewer's language.")
    description: str = column(
        localized_column("description"), description="A sentence or two, in the viewer's language."
    )
    color: str = column(description="Its colour, like `#2563eb`.")
    expected_on: date | None = column(description="The day the client may expect the result.")
    changed_at: datetime | None = column(description="When it last changed.")
    shown_since: datetime | None = column(description="Since when it is shown.")


@strawberry.type
class ClientStatusChangeFields(Node):
    """The fields of a change of a client status that both schemas show."""

    id: strawberry.ID = column(id_prefix="csc", description="The change's identifier.")
    name: str = column(description="The client's name for the work.")
    label: str = column(localized_column("label"), description="The status in a word or two, in the viewer's language.")
    description: str = column(
        localized_column("description"), description="A sentence or two, in the viewer's language."
    )
    color: str = column(description="Its colour, like `#2563eb`.")
    expected_on: date | None = column(description="The day the client could expect the result.")
    changed_at: datetime = column(description="When it changed.")


CHANGE_SORTS = ordering(
    "ClientStatusChange",
    default="-CHANGED_AT",
    CHANGED_AT=sort_key("{t}.changed_at", "timestamptz", description="When it changed."),
)
