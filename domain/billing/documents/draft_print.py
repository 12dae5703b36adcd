"""The print of a draft, for those who may see it: as it is now, with a watermark, never stored."""

from uuid import UUID

from tortoise import connections

from domain.billing.documents import rendering_process
from domain.billing.documents.drafts import draft_snapshot
from domain.billing.documents.files import DocumentKind
from domain.billing.documents.stored_files import StoredFile, sees_draft
from domain.billing.documents.worker import load_branding
from domain.kernel.actors import Actor


async def print_draft(actor: Actor, invoice_id: UUID) -> StoredFile | None:
    """The PDF of a draft that the actor may see; None for all others, whether they exist or not."""
    if not await sees_draft(actor, invoice_id):
        return None
    snapshot = await draft_snapshot(connections.get("default"), invoice_id)
    if snapshot is None:
        return None
    pdf = await rendering_process.draft(snapshot, await load_branding())
    return StoredFile(name=f"{snapshot['number']}.pdf", media_type=DocumentKind.PDF.media_type, content=pdf)
