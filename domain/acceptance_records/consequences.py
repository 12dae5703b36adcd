"""Consequences of an acceptance: its record, in the same transaction, and the request for the document of it."""

from collections.abc import Sequence

from domain.acceptance_records.statements import RECORD_ACCEPTANCE, REQUEST_DOCUMENT
from domain.deliveries.model import AcceptedBy
from domain.engine.noun import Consequence
from domain.engine.transition import TransitionContext


async def record_acceptances(moves: Sequence[TransitionContext]) -> None:
    """Freeze what was accepted. The version and its files are final already, and the order is locked."""
    for move in moves:
        delivery = move.row
        by_hand = delivery.accepted_by is AcceptedBy.CUSTOMER
        values: dict[str, object] = {
            "delivery_id": delivery.id,
            "accepted_at": delivery.accepted_at,
            "accepted_by": delivery.accepted_by,
            "person": move.context.actor.name if by_hand else None,
            "rating": delivery.rating,
            "recorded_at": move.now,
        }
        move.work.writes.add(RECORD_ACCEPTANCE, values)
        move.work.writes.add(REQUEST_DOCUMENT, {"delivery_id": delivery.id})


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "delivery.accept": (record_acceptances,),
    "delivery.autoAccept": (record_acceptances,),
}
