"""A proposed day of delivery, as both schemas show it."""

from datetime import date, datetime
from typing import Any

import strawberry

from domain.orders.due_proposals import IS_PROPOSED
from schema.declarations.fields import column, embedded


@strawberry.type(description="Another day for the delivery, which the member proposes and the customer answers.")
class DueProposal:
    """A proposed day of delivery."""

    due_on: date = column("{t}.due_proposed_on", description="The proposed day.")
    reason: str | None = column("{t}.due_proposal_reason", description="Why, in the member's words.")
    proposed_at: datetime = column("{t}.due_proposed_at", description="When it was proposed.")


def due_proposal_field() -> Any:
    """The proposal that waits for the customer's answer."""
    return embedded(when=IS_PROPOSED, description="Another day for the delivery that waits for the customer's answer.")
