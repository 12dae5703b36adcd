"""Starts bulk operations from forms, for real or as a dry run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal_views.forms.submission import FormError, form_error
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

START_DOCUMENT = """mutation Begin($input: {kind}!) {{
  {mutation}(input: $input) {{
    {noun} {{ id state failed }}
    errors {{ code message remedy path }}
  }}
}}"""


@dataclass(frozen=True)
class BulkStart:
    """A started operation in its present state, or the errors that refused it."""

    operation: JsonObject | None = None
    errors: Sequence[FormError] = ()


async def start_bulk(
    context: PageContext, mutation: str, inputs: Mapping[str, Any], action: JsonObject | None = None
) -> BulkStart:
    """Start a bulk operation; errors are linked to the fields of `action`, if one is given."""
    noun = "orderBulk" if mutation.startswith("order") else "clientStatusBulk"
    text = START_DOCUMENT.format(mutation=mutation, noun=noun, kind=mutation[0].upper() + mutation[1:] + "Input")
    payload = (await context.execute(text, {"input": dict(inputs)}))[mutation]
    if payload["errors"]:
        known = action or {"mutation": mutation, "subjectId": "", "inputs": []}
        return BulkStart(errors=[form_error(known, error) for error in payload["errors"]])
    return BulkStart(found_or_404(payload[noun]))


async def dry_run(
    context: PageContext, mutation: str, inputs: Mapping[str, Any], action: JsonObject | None = None
) -> BulkStart:
    """Start a dry run, which changes nothing, and return the result for each order, or the errors that refused it."""
    start = await start_bulk(context, mutation, {**inputs, "dryRun": True}, action)
    if start.operation is None:
        return start
    return BulkStart(found_or_404((await context.query("bulk_dry_run", id=start.operation["id"]))["bulkOperation"]))
