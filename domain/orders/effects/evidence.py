"""Effects on the evidence of an order: links and files that prove the customer's agreement."""

from uuid import UUID

from domain.engine.transition import TransitionContext
from domain.files import attachments
from domain.orders.inputs import EvidenceEntry
from domain.orders.model import Evidence


async def attach_evidence(move: TransitionContext) -> None:
    """One entry for the link, and one for each file."""
    await attach_entry(move, move.row.id, move.input)
    move.event_body["title"] = move.input.title


async def attach_entry(move: TransitionContext, order_id: UUID, entry: EvidenceEntry, *path: str) -> None:
    """Attach one entry to an order; `path` leads to it in the input. Raises `Refused` for files that do not fit."""
    title, link = entry.title.strip(), (entry.link or "").strip()
    file_ids = tuple(dict.fromkeys(entry.file_ids))
    if file_ids:
        await attachments.attach(move, order_id, file_ids, *path)
    if link:
        move.insert(Evidence(order_id=order_id, title=title, link=link, created_at=move.now))
    for file_id in file_ids:
        move.insert(Evidence(order_id=order_id, title=title, file_id=file_id, created_at=move.now))
