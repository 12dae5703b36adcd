"""Storage of the results of automations, order by order."""

import json
from collections.abc import Mapping
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.automations.actions import OrderOutcomes
from domain.automations.model import RunOutcome
from domain.kernel.errors import Refused
from domain.kernel.stored_refusals import dump

UPDATE_RUNS = """UPDATE automation_runs r SET outcome = x.outcome, reasons = x.reasons::jsonb
    FROM unnest($1::uuid[], $2::text[], $3::text[]) AS x (id, outcome, reasons) WHERE r.id = x.id"""
UPDATE_FAILED_RUNS = "UPDATE automation_runs SET reasons = $2::jsonb, error = $3 WHERE id = ANY($1::uuid[])"
MAX_ERROR_LENGTH = 2000


async def save_outcomes(connection: BaseDBAsyncClient, runs: Mapping[UUID, UUID], outcomes: OrderOutcomes) -> None:
    """Store the outcomes that differ from APPLIED, with which the runs were claimed. `runs` are ids by order."""
    changed = {each: found for each, found in outcomes.items() if found[0] is not RunOutcome.APPLIED}
    if changed:
        ids = [runs[order_id] for order_id in changed]
        names = [outcome.value for outcome, _ in changed.values()]
        reasons = [json.dumps([dump(refusal) for refusal in refusals]) for _, refusals in changed.values()]
        await connection.execute_query(UPDATE_RUNS, [ids, names, reasons])


async def save_failure(connection: BaseDBAsyncClient, runs: Mapping[UUID, UUID], error: Exception) -> None:
    """Store why runs failed: the refusals, or the text of an unexpected exception."""
    reasons = [dump(refusal) for refusal in error.refusals] if isinstance(error, Refused) else []
    error_text = None if reasons else f"{type(error).__name__}: {error}"[:MAX_ERROR_LENGTH]
    await connection.execute_query(UPDATE_FAILED_RUNS, [list(runs.values()), json.dumps(reasons), error_text])
