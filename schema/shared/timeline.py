"""Deadlines, as far as both schemas show the same."""

from datetime import datetime

import strawberry

from schema.declarations.fields import column
from schema.shared.translated_fields import translated


@strawberry.type
class DeadlineFields:
    """The fields of a deadline that both schemas show."""

    kind: str = column(description="What it is for: `order.expire`.")
    label: str = translated("deadline", "{t}.kind", description="What happens then, in the viewer's language.")
    due_at: datetime = column(description="When it is due.")
