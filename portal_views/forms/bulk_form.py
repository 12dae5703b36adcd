"""Operations on many orders as the pages begin them: to be done, or only tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal_views.forms.submission import form_error
from portal_views.problems import FormError
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

START_DOCUMENT = """mutation Begin($input: {kind}!) {{
  {mutation}(input: $input) {{
    {noun} {{ id state failed }}
    errors {{ code message remedy path }}
  }}
}}"""


@dataclass(frozen=True)
class BulkStart:
    """An operation as it is now, or why it was refused."""

    operation: JsonObject | None = None
    errors: Sequence[FormError] = ()


async def start_bulk(
    visit: PageContext, mutation: str, inputs: Mapping[str, Any], action: JsonObject | None = None
) -> BulkStart:
    """Begin an operation; problems are told beside the fields of `action`, if one is given."""
    noun = "orderBulk" if mutation.startswith("order") else "clientStatusBulk"
    text = START_DOCUMENT.format(mutation=mutation, noun=noun, kind=mutation[0].upper() + mutation[1:] + "Input")
    payload = (await visit.execute(text, {"input": dict(inputs)}))[mutation]
    if payload["errors"]:
        known = action or {"mutation": mutation, "subjectId": "", "inputs": []}
        return BulkStart(errors=[form_error(known, error) for error in payload["errors"]])
    return BulkStart(found_or_404(payload[noun]))


async def dry_run(
    visit: PageContext, mutation: str, inputs: Mapping[str, Any], action: JsonObject | None = None
) -> BulkStart:
    """What would become of each order, with nothing changed; or why nothing could be done at all."""
    begun = await start_bulk(visit, mutation, {**inputs, "dryRun": True}, action)
    if begun.operation is None:
        return begun
    return BulkStart(found_or_404((await visit.query("bulk_dry_run", id=begun.operation["id"]))["bulkOperation"]))
