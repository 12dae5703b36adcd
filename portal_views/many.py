"""Operations on many orders as the pages begin them: to be done, or only tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal_views.desk import Data, Visit, found
from portal_views.moves import problem
from portal_views.problems import Problem

BEGIN = """mutation Begin($input: {kind}!) {{
  {mutation}(input: $input) {{
    {noun} {{ id state failed }}
    errors {{ code message remedy path }}
  }}
}}"""


@dataclass(frozen=True)
class Begun:
    """An operation as it is now, or why it was refused."""

    operation: Data | None = None
    problems: Sequence[Problem] = ()


async def begin(visit: Visit, mutation: str, given: Mapping[str, Any], action: Data | None = None) -> Begun:
    """Begin an operation; problems are told beside the fields of `action`, if one is given."""
    noun = "orderBulk" if mutation.startswith("order") else "clientStatusBulk"
    text = BEGIN.format(mutation=mutation, noun=noun, kind=mutation[0].upper() + mutation[1:] + "Input")
    payload = (await visit.run(text, {"input": dict(given)}))[mutation]
    if payload["errors"]:
        known = action or {"mutation": mutation, "subjectId": "", "inputs": []}
        return Begun(problems=[problem(known, error) for error in payload["errors"]])
    return Begun(found(payload[noun]))


async def trial(visit: Visit, mutation: str, given: Mapping[str, Any], action: Data | None = None) -> Begun:
    """What would become of each order, with nothing changed; or why nothing could be done at all."""
    begun = await begin(visit, mutation, {**given, "dryRun": True}, action)
    if begun.operation is None:
        return begun
    return Begun(found((await visit.ask("bulk_trial", id=begun.operation["id"]))["bulkOperation"]))
