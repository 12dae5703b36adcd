"""For every move an input that fits, so that only the move itself is judged."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status.takes import StatusText
from domain.core.clock import now
from domain.core.lifecycle import Transition
from domain.deliveries import takes as of_deliveries
from domain.orders import takes as of_orders

TEXT = "A sentence that is long enough for any rule."
EXAMPLES: dict[type, Callable[[Any], Any]] = {
    of_orders.Draft: lambda facts: of_orders.Draft(project="Projekt ABC"),
    of_orders.OptionalComment: lambda facts: of_orders.OptionalComment(),
    of_orders.RequiredComment: lambda facts: of_orders.RequiredComment(comment=TEXT),
    of_orders.RequiredReason: lambda facts: of_orders.RequiredReason(reason=TEXT),
    of_orders.OptionalReason: lambda facts: of_orders.OptionalReason(),
    of_orders.CancellationReason: lambda facts: of_orders.CancellationReason(reason=TEXT),
    of_orders.Confirmation: lambda facts: of_orders.Confirmation(name="Kim", revision=facts.offer_revision or 1),
    of_orders.ChangeMessage: lambda facts: of_orders.ChangeMessage(message=TEXT),
    of_orders.OfferEnd: lambda facts: of_orders.OfferEnd(valid_until=date(2036, 1, 1)),
    of_orders.CommentText: lambda facts: of_orders.CommentText(text=TEXT),
    of_orders.EvidenceEntry: lambda facts: of_orders.EvidenceEntry(title=TEXT, link="https://files.example/1"),
    of_orders.Assignees: lambda facts: of_orders.Assignees(),
    of_deliveries.DeliveryDraft: lambda facts: of_deliveries.DeliveryDraft(description=TEXT),
    of_deliveries.Submission: lambda facts: of_deliveries.Submission(confirm_no_file=True),
    of_deliveries.Acceptance: lambda facts: of_deliveries.Acceptance(version_number=facts.current_number or 1),
    of_deliveries.RevisionRequest: lambda facts: of_deliveries.RevisionRequest(defects=(TEXT,)),
    StatusText: lambda facts: StatusText(label="In progress"),
}


async def example_of(move: Transition, facts: Any, connection: BaseDBAsyncClient) -> Any:
    """An input that fits this move of the row that `facts` describe; nothing where it takes nothing."""
    if move.takes is None:
        return None
    if move.takes is of_deliveries.ReviewExtension:
        base = facts.review_ends_at or await now(connection)
        return of_deliveries.ReviewExtension(until=base + timedelta(days=1))
    return EXAMPLES[move.takes](facts)
