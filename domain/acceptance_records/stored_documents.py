"""The stored document of an acceptance, for those who see its delivery."""

from uuid import UUID

from domain.acceptance_records.scope import RECORDS_SCOPE
from domain.billing.documents.stored_files import UNSAFE, StoredFile
from domain.database.pools import read_sessions
from domain.files.object_store import ObjectStore
from domain.kernel.actors import Actor

PDF = "application/pdf"
SELECT_VISIBLE = """SELECT f.key, f.sha256, r.contents -> 'order' ->> 'number' AS number,
        r.contents ->> 'position' AS position
    FROM acceptance_records r JOIN acceptance_documents f ON f.record_id = r.id WHERE r.delivery_id = $1 AND {scope}"""


async def visible_document(store: ObjectStore, actor: Actor, delivery_id: UUID) -> StoredFile | None:
    """The PDF of an acceptance that the actor may see; None for all others, whether they exist or not."""
    scope, values = RECORDS_SCOPE.bound_predicate(actor, "r", first=2)
    row = await read_sessions().fetchrow(SELECT_VISIBLE.format(scope=scope), delivery_id, *values)
    if row is None:
        return None
    name = UNSAFE.sub("-", f"{row['number']}-{row['position']}")
    return StoredFile(name=f"{name}.pdf", media_type=PDF, content=await store.read(row["key"], row["sha256"]))
