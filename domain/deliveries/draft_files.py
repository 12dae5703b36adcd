"""The files of a delivery's draft: rows with the number that the version will have."""

from collections.abc import Sequence
from uuid import UUID

from domain.deliveries.model import Delivery
from domain.engine.transition import TransitionContext
from domain.files import attachments

REMOVE_DRAFT = "DELETE FROM delivery_files WHERE delivery_id = $1 AND number = $2 RETURNING file_id"
WRITE_DRAFT = """INSERT INTO delivery_files (id, delivery_id, number, position, file_id)
    SELECT uuidv7(), $1, $2, f.position, f.id FROM unnest($3::uuid[]) WITH ORDINALITY AS f (id, position)"""


async def write_draft_files(move: TransitionContext, delivery: Delivery, file_ids: Sequence[UUID]) -> None:
    """Attach these files to a draft without any, in this order, each once."""
    files = list(dict.fromkeys(file_ids))
    await attachments.attach(move, delivery.order_id, files)
    await move.connection.execute_query(WRITE_DRAFT, [delivery.id, delivery.current_number + 1, files])


async def remove_draft_files(move: TransitionContext) -> None:
    """Detach the files of the draft; what is attached to nothing else goes in time."""
    if not move.facts.draft_files:
        return
    delivery = move.row
    rows = await move.connection.execute_query_dict(REMOVE_DRAFT, [delivery.id, delivery.current_number + 1])
    attachments.follow(move, [row["file_id"] for row in rows])
