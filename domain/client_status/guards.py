"""Claims that must hold before a client status can be shown or changed."""

import re

from domain.client_status.facts import ClientStatusFacts
from domain.client_status.takes import StatusText
from domain.core.errors import Refusal, guard_failed, invalid
from domain.core.moment import Moment

COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def the_order_is_not_archived(status: ClientStatusFacts, moment: Moment) -> Refusal | None:
    """An archived order shows its client nothing, and restoring it must not bring anything back unasked."""
    return guard_failed("order_is_archived") if status.order_archived_at else None


def the_color_is_a_color(status: ClientStatusFacts, text: StatusText, moment: Moment) -> Refusal | None:
    return None if COLOR.fullmatch(text.color) else invalid("not_a_color", "color")
