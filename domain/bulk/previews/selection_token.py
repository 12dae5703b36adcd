"""Selection tokens: a dry run's rows, in their order, for the operation that follows it.

The token is the dry run's id. It holds for the account and role that started the dry run, for the same kind of
operation, and for `VALIDITY`.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.bulk.model import BulkKind, BulkMode, BulkOperation
from domain.bulk.selection import max_selected, too_many
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, invalid
from domain.kernel.malformed_ids import MalformedId

VALIDITY = timedelta(minutes=30)
VALIDITY_MINUTES = int(VALIDITY.total_seconds() // 60)


async def previewed_ids(move: TransitionContext, kind: BulkKind, token: UUID, mode: BulkMode) -> list[UUID]:
    """The ids of the dry run's rows, as they were named.

    Raises `Refused` for a token that is unknown, of another kind, or expired, and when an atomic operation would have
    too many rows. The token of another account or role looks like an unknown one.
    """
    preview = await _preview(move, token)
    if preview.kind is not kind:
        raise Refused(invalid("selection_of_another_kind", "selection"))
    limit = max_selected(mode)
    if preview.total > limit:
        raise Refused(too_many(limit, "selection"))
    return _ids(preview)


async def require_same_parameters(move: TransitionContext, token: UUID, parameters: Mapping[str, Any]) -> None:
    """Refuse a token whose dry run had other parameters."""
    if (await _preview(move, token)).asked != parameters:
        raise Refused(invalid("selection_of_another_kind", "selection"))


async def _preview(move: TransitionContext, token: UUID) -> BulkOperation:
    actor = move.context.actor
    preview = await BulkOperation.get_or_none(id=token, dry_run=True, using_db=move.connection)
    if preview is None or (preview.account_id, preview.role) != (actor.account_id, actor.role):
        raise Refused(invalid("selection_unknown", "selection"))
    if move.now >= preview.created_at + VALIDITY:
        raise Refused(invalid("selection_expired", "selection", minutes=VALIDITY_MINUTES))
    return preview


def _ids(preview: BulkOperation) -> list[UUID]:
    if not preview.malformed_ids:
        return list(preview.subject_ids)
    pairs = zip(preview.subject_ids, preview.malformed_ids, strict=True)
    return [subject_id if text is None else MalformedId(text) for subject_id, text in pairs]
