"""The worker of operations: portion by portion, each in a short unit of work, each row once."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.bulk import results
from domain.bulk.handlers.base import HandlerRequest, HandlerResult, OperationKind
from domain.bulk.lease import RENEWED
from domain.bulk.model import BulkKind, BulkMode, BulkOutcome, BulkState, BulkSubject
from domain.bulk.previews import automation_runs as automation_preview
from domain.bulk.previews import mails as mail_preview
from domain.bulk.previews.automation_runs import OrdersByAutomation
from domain.bulk.previews.mails import MailPreview
from domain.bulk.selection import MAX_AT_ONCE, malformed
from domain.engine import unit_of_work
from domain.engine.after_commit import MAX_PUBLISHED, CommittedChanges
from domain.engine.registry import Registry
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refusal

log = structlog.get_logger()

MIN_PORTION, MAX_PORTION = 250, 5_000
# A dry run is rolled back after each portion, and the next one would find the room in a stage again: it has one
# portion.
PORTION_LIMITS = (MIN_PORTION, MAX_PORTION, MAX_AT_ONCE)

# Statements are planned for each portion, because a plan for ten rows does not suit ten thousand; rows are found by
# id, so no table is scanned, however many rows are expected. An atomic portion may take longer than any other.
CLAIM_PORTION = """SELECT kind, subject, mode, dry_run, asked::text AS asked, foreseen::text AS foreseen,
        foreseen_mails::text AS foreseen_mails, total, done,
        subject_ids[done + 1 : done + size.rows] AS places, malformed_ids[done + 1 : done + size.rows] AS malformed,
        set_config('werkstand.operation_id', id::text, TRUE),
        set_config('plan_cache_mode', 'force_custom_plan', TRUE), set_config('enable_seqscan', 'off', TRUE),
        set_config('statement_timeout', CASE WHEN mode = 'ATOMIC' OR dry_run THEN '20s' ELSE '5s' END, TRUE)
    FROM bulk_operations CROSS JOIN LATERAL (SELECT CASE WHEN mode = 'ATOMIC' THEN total
        WHEN $2::int IS NOT NULL THEN $2::int WHEN dry_run THEN $5::int
        WHEN $6::jsonb ? kind THEN ($6::jsonb ->> kind)::int
        ELSE least(greatest(total / 2, $3::int), $4::int) END AS rows) AS size
    WHERE id = $1 AND state = 'RUNNING' FOR UPDATE OF bulk_operations"""
SAVE_PROGRESS = f"""UPDATE bulk_operations SET done = done + $2, applied = applied + $3, unchanged = unchanged + $4,
        failed = failed + $5, foreseen = $6::jsonb, foreseen_mails = $8::jsonb, state = $7::text,
        attempts = 0, last_error = NULL,
        finished_at = CASE WHEN $7::text = 'RUNNING' THEN NULL ELSE app_now() END,
        leased_until = {RENEWED}
    WHERE id = $1"""
# Rows that come later change their place with those that have a result now. Where nothing else is left, other
# processes have time to do what is waited for.
POSTPONE_ROWS = f"""UPDATE bulk_operations SET subject_ids = subject_ids[:done] || $2::uuid[]
        || subject_ids[done + cardinality($2::uuid[]) + cardinality($3::uuid[]) + 1:] || $3::uuid[],
        leased_until = CASE WHEN $4 THEN clock_timestamp() + interval '2 seconds' ELSE {RENEWED} END
    WHERE id = $1"""
NOT_FOUND = (Refusal(Code.NOT_FOUND, "not_found"),)


@dataclass(frozen=True, kw_only=True)
class Portion:
    """The rows that are worked on now, in their order, and the request."""

    request: HandlerRequest
    subject: BulkSubject
    ids: Sequence[UUID]
    mode: BulkMode
    dry_run: bool
    first_position: int
    total: int
    automation_preview: OrdersByAutomation
    mail_preview: MailPreview
    malformed: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)

    @property
    def is_last(self) -> bool:
        return self.first_position + len(self.ids) > self.total


@dataclass(frozen=True, kw_only=True)
class PortionResult:
    """The outcome of a portion."""

    handled: HandlerResult
    automation_preview: OrdersByAutomation = field(default_factory=dict)
    mail_preview: MailPreview = field(default_factory=MailPreview)
    is_rolled_back: bool = False


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
        sizes = json.dumps({kind: each.portion for kind, each in self.kinds.items() if each.portion})
        rows = await work.connection.execute_query_dict(CLAIM_PORTION, [operation_id, size, *PORTION_LIMITS, sizes])
        if not rows:
            return False
        portion = _portion_of(operation_id, rows[0])
        result = await self._run_in_savepoint(work, portion)
        if result.handled.later and not result.is_rolled_back:
            portion = await _postpone(work.connection, portion, result.handled.later)
        state = await _save_progress(work.connection, portion, result)
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
            return result
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
            return PortionResult(handled=handled, automation_preview=preview, mail_preview=mails, is_rolled_back=True)
        return PortionResult(handled=handled)


def _portion_of(operation_id: UUID, row: Mapping[str, Any]) -> Portion:
    request = HandlerRequest(operation_id=operation_id, kind=BulkKind(row["kind"]), parameters=json.loads(row["asked"]))
    return Portion(
        request=request,
        subject=BulkSubject(row["subject"]),
        ids=row["places"],
        mode=BulkMode(row["mode"]),
        dry_run=row["dry_run"],
        first_position=row["done"] + 1,
        total=row["total"],
        automation_preview=automation_preview.load(json.loads(row["foreseen"])),
        mail_preview=mail_preview.load(json.loads(row["foreseen_mails"])),
        malformed=_malformed(row),
    )


def _malformed(row: Mapping[str, Any]) -> Mapping[UUID, tuple[Refusal, ...]]:
    """The refusals of the identifiers that could not be read; one that is named twice has the place of the last."""
    places = enumerate(zip(row["places"], row["malformed"] or (), strict=False), row["done"])
    subject = BulkSubject(row["subject"])
    return {subject_id: (malformed(subject, place),) for place, (subject_id, text) in places if text is not None}


async def _postpone(connection: BaseDBAsyncClient, portion: Portion, later: Collection[UUID]) -> Portion:
    """Put rows behind all others; return the portion without them."""
    now, rest = [each for each in portion.ids if each not in later], [each for each in portion.ids if each in later]
    await connection.execute_query(POSTPONE_ROWS, [portion.request.operation_id, now, rest, not now])
    return replace(portion, ids=now)


async def _save_progress(connection: BaseDBAsyncClient, portion: Portion, result: PortionResult) -> BulkState:
    """Store the results and the progress of the operation; return its state."""
    if not portion.ids and portion.total:
        return BulkState.RUNNING
    is_refused = portion.mode is BulkMode.ATOMIC and bool(result.handled.refused)
    list_results = results.atomic_results if is_refused else results.per_item_results
    listed = list(list_results(portion.ids, portion.first_position, result.handled))
    await results.save(connection, portion.request.operation_id, listed)
    counts = results.count_outcomes(portion.ids, listed)
    state = BulkState.FAILED if is_refused else BulkState.DONE if portion.is_last else BulkState.RUNNING
    values: list[object] = [
        portion.request.operation_id,
        len(portion.ids),
        *(counts[each] for each in (BulkOutcome.APPLIED, BulkOutcome.UNCHANGED, BulkOutcome.FAILED)),
        json.dumps(automation_preview.dump(portion.automation_preview, result.automation_preview)),
        state.value,
        json.dumps(mail_preview.dump(portion.mail_preview + result.mail_preview)) if portion.dry_run else "{}",
    ]
    await connection.execute_query(SAVE_PROGRESS, values)
    return state


def _capped(changes: CommittedChanges) -> CommittedChanges:
    if len(changes.message_ids) + len(changes.deadlines) > MAX_PUBLISHED:
        changes.message_ids, changes.deadlines = [], {}
    return changes
