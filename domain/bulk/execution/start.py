"""The start of operations; their portions are run after the commit."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.bulk.execution.lease import initial_lease
from domain.bulk.model import BulkKind, BulkMode, BulkOperation, BulkSubject
from domain.bulk.previews.selection_token import previewed_ids
from domain.bulk.selection import MAX_AT_ONCE, Selection, select_ids, too_many
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused
from domain.kernel.malformed_ids import MalformedId

ParameterBuilder = Callable[[TransitionContext], Awaitable[Mapping[str, Any]]]


def start_effect(
    kind: BulkKind, build_parameters: ParameterBuilder, *, most_atomic: int = MAX_AT_ONCE
) -> Callable[[TransitionContext], Awaitable[BulkOperation]]:
    """The effect of a move that starts an operation of this kind on the rows of its input.

    An atomic operation, which is one transaction, has at most `most_atomic` rows.
    """

    async def effect(move: TransitionContext) -> BulkOperation:
        parameters = await build_parameters(move)
        input: Selection = move.input
        if input.selection is None:
            ids = await select_ids(move.connection, input, move.context.actor)
        else:
            ids = await previewed_ids(move, kind, input.selection, input.mode)
        if input.mode is BulkMode.ATOMIC and len(ids) > most_atomic:
            raise Refused(too_many(most_atomic, "mode"))
        return await start_operation(
            move,
            kind,
            parameters,
            ids,
            subject=input.subject,
            mode=input.mode,
            dry_run=input.dry_run,
            preview_id=input.selection,
        )

    return effect


async def start_operation(
    move: TransitionContext,
    kind: BulkKind,
    parameters: Mapping[str, Any],
    ids: Sequence[UUID],
    *,
    subject: BulkSubject,
    mode: BulkMode,
    dry_run: bool,
    preview_id: UUID | None = None,
    most_at_once: int | None = None,
) -> BulkOperation:
    """Create an operation of the acting account; one of more rows is published, so that any worker may run it."""
    actor, limit = move.context.actor, MAX_AT_ONCE if most_at_once is None else most_at_once
    operation = await BulkOperation.create(
        using_db=move.connection,
        kind=kind,
        mode=mode,
        dry_run=dry_run,
        preview_id=preview_id,
        account_id=actor.account_id,
        role=actor.role,
        subject=subject,
        subject_ids=ids,
        malformed_ids=_malformed_texts(ids),
        asked=parameters,
        total=len(ids),
        created_at=move.now,
        leased_until=initial_lease(len(ids), limit),
    )
    move.event_body |= {"kind": kind, "mode": mode, "dryRun": dry_run, "total": operation.total}
    if operation.total > limit:
        move.work.changes.started_operations.add(operation.id)
    return operation


def _malformed_texts(ids: Sequence[UUID]) -> list[str | None]:
    texts = [each.text if isinstance(each, MalformedId) else None for each in ids]
    return texts if any(text is not None for text in texts) else []
