"""The worker of operations: portion by portion, each in a short unit of work, each row once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import structlog
from tortoise.transactions import in_transaction

from domain.bulk.execution.portion import Portion, PortionResult, claim_portion, postpone, save_progress
from domain.bulk.handlers.base import OperationKind
from domain.bulk.model import BulkKind, BulkMode, BulkState
from domain.bulk.previews import automation_runs as automation_preview
from domain.bulk.previews import changes as row_changes
from domain.bulk.previews import mails as mail_preview
from domain.engine import unit_of_work
from domain.engine.after_commit import MAX_PUBLISHED, CommittedChanges
from domain.engine.registry import Registry
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refusal

log = structlog.get_logger()

NOT_FOUND = (Refusal(Code.NOT_FOUND, "not_found"),)


class Rollback(Exception):
    """Rolls a portion back; it is caught in this module."""


@dataclass(frozen=True)
class Worker:
    """Runs operations of all kinds."""

    registry: Registry
    kinds: Mapping[BulkKind, OperationKind]

    async def next_portion(self, operation_id: UUID, actor: Actor, size: int | None = None) -> bool:
        """Run one portion as this actor; return whether more are left. Opens its own transaction.

        Without a `size` a portion is half of the operation, within bounds; a dry run has all of it, within bounds, and
        an atomic operation all of it in any case.
        """
        return await unit_of_work.run(self.registry, actor, partial(self._run_portion, operation_id, size))

    async def _run_portion(self, operation_id: UUID, size: int | None, work: UnitOfWork) -> bool:
        sizes = {kind: each.portion for kind, each in self.kinds.items() if each.portion}
        portion = await claim_portion(work.connection, operation_id, size, sizes)
        if portion is None:
            return False
        result = await self._run_in_savepoint(work, portion)
        if result.handled.later and not result.is_rolled_back:
            portion = await postpone(work.connection, portion, result.handled.later)
        state = await save_progress(work.connection, portion, result)
        if state is not BulkState.RUNNING:
            await self.follow_end(work, operation_id, portion.request.kind)
        return state is BulkState.RUNNING and bool(portion.ids)

    async def follow_end(self, work: UnitOfWork, operation_id: UUID, kind: BulkKind) -> None:
        """Do what follows the end of an operation, in the unit of work in which it ended."""
        on_end = self.kinds[kind].on_end
        if on_end:
            await on_end(work, operation_id)

    async def _run_in_savepoint(self, work: UnitOfWork, portion: Portion) -> PortionResult:
        """Handle the portion; roll back a dry run, and an atomic operation with a refused row."""
        part, result = work.part(), None
        try:
            async with in_transaction():
                result = await self._handle(part, portion)
                if result.is_rolled_back:
                    raise Rollback
        except Rollback:
            assert result is not None
            changes = await row_changes.with_values_before(work, portion.subject, result.changes)
            return replace(result, changes=changes)
        work.changes = _capped(part.changes)
        return result

    async def _handle(self, work: UnitOfWork, portion: Portion) -> PortionResult:
        kind = self.kinds[portion.request.kind]
        visible = await kind.lock(work, portion.ids)
        context = await work.read_context()
        named = [each for each in dict.fromkeys(portion.ids) if each in visible]
        handled = await kind.handler(work, named, portion.request, context)
        invisible = dict.fromkeys(set(portion.ids) - visible, NOT_FOUND)
        handled = replace(handled, refused={**handled.refused, **invisible, **portion.malformed})
        if portion.mode is BulkMode.ATOMIC and handled.refused:
            return PortionResult(handled=handled, is_rolled_back=True)
        await work.settle()
        if portion.dry_run:
            preview = await automation_preview.count_runs(work)
            mails = await mail_preview.count_mails(work, portion.request.operation_id, [*handled.applied])
            first = [each for each in named if each in handled.applied][: row_changes.MAX_CHANGES]
            changes = await row_changes.foreseen(work, portion.subject, portion.request.operation_id, first)
            return PortionResult(
                handled=handled, automation_preview=preview, mail_preview=mails, changes=changes, is_rolled_back=True
            )
        return PortionResult(handled=handled)


def _capped(changes: CommittedChanges) -> CommittedChanges:
    if len(changes.message_ids) + len(changes.deadlines) > MAX_PUBLISHED:
        changes.message_ids, changes.deadlines = [], {}
    return changes
