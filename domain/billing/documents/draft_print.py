"""The prints of drafts, for those who may see them: as they are now, with a watermark, never stored."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import closing
from uuid import UUID

from tortoise import connections

from domain.billing.documents import rendering_process
from domain.billing.documents.drafts import Snapshot, draft_snapshot, draft_snapshots
from domain.billing.documents.files import DocumentKind
from domain.billing.documents.stored_files import StoredFile, sees_draft, visible_drafts
from domain.billing.documents.worker import load_branding
from domain.database.clock import now
from domain.files.zip_stream import ZipStream
from domain.kernel.actors import Actor

# So many documents are waited for by one visitor.
MAX_DRAFTS = 100


async def print_draft(actor: Actor, invoice_id: UUID) -> StoredFile | None:
    """The PDF of a draft that the actor may see; None for all others, whether they exist or not."""
    if not await sees_draft(actor, invoice_id):
        return None
    snapshot = await draft_snapshot(connections.get("default"), invoice_id)
    if snapshot is None:
        return None
    pdf = await rendering_process.draft(snapshot, await load_branding())
    return StoredFile(name=f"{snapshot['number']}.pdf", media_type=DocumentKind.PDF.media_type, content=pdf)


async def snapshots_to_print(actor: Actor, invoice_ids: Sequence[UUID]) -> AsyncGenerator[Snapshot]:
    """The drafts among these invoices that the actor may see, in their order; what was issued meanwhile is left out."""
    seen = await visible_drafts(actor, invoice_ids)
    snapshots = await draft_snapshots(connections.get("default"), seen)
    for each in seen:
        if each in snapshots:
            yield snapshots[each]


async def archive_of_drafts(snapshots: AsyncIterator[Snapshot]) -> AsyncGenerator[bytes]:
    """A ZIP with a PDF of each, made while it is read; one document is in memory at a time."""
    branding = await load_branding()
    with closing(ZipStream(await now(connections.get("default")))) as archive:
        async for snapshot in snapshots:
            for portion in archive.file(f"{snapshot['number']}.pdf", await rendering_process.draft(snapshot, branding)):
                yield portion
        for portion in archive.end():
            yield portion
