"""Finished files as they are downloaded: found through the scope of what they are attached to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.database.pools import read_sessions
from domain.deliveries.scope import DELIVERY_FILES_SCOPE
from domain.kernel.actors import Actor
from domain.uploads.scope import FILES_SCOPE

SELECT_VISIBLE = """SELECT t.id, t.name, t.size, t.sha256, t.media_type FROM files t
    WHERE t.id = $1 AND t.state = 'FINISHED' AND {scope}"""

SELECT_PREVIEWED = (
    SELECT_VISIBLE
    + """
    AND EXISTS (SELECT 1 FROM file_previews p WHERE p.file_id = t.id AND p.state = 'MADE')"""
)
SELECT_OF_VERSION = """SELECT t.id, t.name, t.size, t.sha256, t.media_type FROM delivery_files v
    JOIN files t ON t.id = v.file_id AND t.state = 'FINISHED'
    WHERE v.delivery_id = $1 AND v.number = $2 AND {scope} ORDER BY v.position LIMIT 100"""


@dataclass(frozen=True, kw_only=True)
class FinishedFile:
    """A file whose bytes never change."""

    id: UUID
    name: str
    size: int
    sha256: str
    media_type: str


async def visible_file(actor: Actor, file_id: UUID) -> FinishedFile | None:
    """A finished file that the actor may see; None for all others, whether they exist or not."""
    return await _visible(SELECT_VISIBLE, actor, file_id)


async def previewed_file(actor: Actor, file_id: UUID) -> FinishedFile | None:
    """The same, for a file that has a preview."""
    return await _visible(SELECT_PREVIEWED, actor, file_id)


async def _visible(statement: str, actor: Actor, file_id: UUID) -> FinishedFile | None:
    scope, values = FILES_SCOPE.bound_predicate(actor, "t", first=2)
    row = await read_sessions().fetchrow(statement.format(scope=f"({scope})"), file_id, *values)
    return FinishedFile(**row) if row else None


async def files_of_version(actor: Actor, delivery_id: UUID, number: int) -> Sequence[FinishedFile]:
    """The files of a version that the actor may see, in their member's order; empty for all others."""
    scope, values = DELIVERY_FILES_SCOPE.bound_predicate(actor, "v", first=3)
    rows = await read_sessions().fetch(SELECT_OF_VERSION.format(scope=scope), delivery_id, number, *values)
    return [FinishedFile(**row) for row in rows]
