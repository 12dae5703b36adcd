"""Portions of an operation: claimed under a lock, and saved with the progress and the results they made."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.bulk.execution import results
from domain.bulk.execution.lease import RENEWED
from domain.bulk.handlers.base import HandlerRequest, HandlerResult
from domain.bulk.model import BulkKind, BulkMode, BulkOutcome, BulkState, BulkSubject
from domain.bulk.previews import automation_runs as automation_preview
from domain.bulk.previews import changes as row_changes
from domain.bulk.previews import mails as mail_preview
from domain.bulk.previews.automation_runs import OrdersByAutomation
from domain.bulk.previews.changes import RowChange
from domain.bulk.previews.mails import MailPreview
from domain.bulk.selection import MAX_AT_ONCE, malformed
from domain.kernel.errors import Refusal

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
        failed = failed + $5, foreseen = $6::jsonb, foreseen_mails = $8::jsonb,
        foreseen_changes = CASE WHEN done = 0 THEN $9::jsonb ELSE foreseen_changes END, state = $7::text,
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
    changes: Sequence[RowChange] = ()
    is_rolled_back: bool = False


async def claim_portion(
    connection: BaseDBAsyncClient, operation_id: UUID, size: int | None, sizes: Mapping[BulkKind, int]
) -> Portion | None:
    """Lock a running operation and return what is worked on now: `size` rows, or as many as its kind and mode say."""
    values = [operation_id, size, *PORTION_LIMITS, json.dumps(sizes)]
    rows = await connection.execute_query_dict(CLAIM_PORTION, values)
    return _portion_of(operation_id, rows[0]) if rows else None


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


async def postpone(connection: BaseDBAsyncClient, portion: Portion, later: Collection[UUID]) -> Portion:
    """Put rows behind all others; return the portion without them."""
    now, rest = [each for each in portion.ids if each not in later], [each for each in portion.ids if each in later]
    await connection.execute_query(POSTPONE_ROWS, [portion.request.operation_id, now, rest, not now])
    return replace(portion, ids=now)


async def save_progress(connection: BaseDBAsyncClient, portion: Portion, result: PortionResult) -> BulkState:
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
        json.dumps(row_changes.dump(result.changes)),
    ]
    await connection.execute_query(SAVE_PROGRESS, values)
    return state
