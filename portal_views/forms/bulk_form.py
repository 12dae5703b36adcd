"""Start of operations on many rows, to be carried out or only as a dry run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal_views.forms.submission import BULK_OPERATION, FormError, form_error, run_mutation
from portal_views.web.page_context import JsonObject, PageContext, found_or_404


@dataclass(frozen=True)
class BulkStart:
    """An operation as it stands now, or the errors for which it was not started."""

    operation: JsonObject | None = None
    errors: Sequence[FormError] = ()


async def start_bulk(
    context: PageContext, mutation: str, inputs: Mapping[str, Any], action: JsonObject | None = None
) -> BulkStart:
    """Start an operation; its errors stand beside the fields of `action`, if one is given."""
    payload = await run_mutation(context, mutation, inputs, noun=BULK_OPERATION, fields="id state failed")
    if payload["errors"]:
        known = action or {"mutation": mutation, "subjectId": "", "inputs": []}
        return BulkStart(errors=[form_error(known, error) for error in payload["errors"]])
    return BulkStart(found_or_404(payload[BULK_OPERATION]))


async def dry_run(
    context: PageContext, mutation: str, inputs: Mapping[str, Any], action: JsonObject | None = None
) -> BulkStart:
    """The result that the operation would have for each row, with nothing changed; or the errors that prevent it."""
    start = await start_bulk(context, mutation, {**inputs, "dryRun": True}, action)
    if start.operation is None:
        return start
    return BulkStart(found_or_404((await context.query("bulk_dry_run", id=start.operation["id"]))["bulkOperation"]))
