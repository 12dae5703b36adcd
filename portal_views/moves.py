"""Making moves from forms: whatever the API's menus offer can be posted, and a refusal comes back to its form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from portal_views.desk import Data, Visit
from portal_views.formats import Formats
from portal_views.problems import Problem
from portal_views.reading import Reading, clean
from portal_views.rendering import slug

MUTATION = """mutation Move($input: {input}!) {{
  {mutation}(input: $input) {{
    {noun} {{ id }}
    errors {{ code message remedy path }}
    replayed
  }}
}}"""


@dataclass(frozen=True, kw_only=True)
class Done:
    """A move that was made; `subject_id` is the row it made or moved, if it can still be read."""

    mutation: str
    subject_id: str | None


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A move that was refused: what was typed and what is wrong with it, to be shown at the same form again."""

    subject_id: str
    mutation: str
    form: FormData = field(default_factory=FormData)
    problems: Sequence[Problem] = ()

    @property
    def form_id(self) -> str:
        return slug((self.mutation, self.subject_id))

    def is_of(self, action: Data) -> bool:
        return (self.subject_id, self.mutation) == (action["subjectId"], action["mutation"])


async def make(visit: Visit, things: Iterable[Data], formats: Formats) -> Done | Attempt:
    """Make the posted move on one of `things`, whose menus must list closed moves too; 404 for any other move."""
    form = await visit.request.form()
    action = _posted(form, things)
    reading = Reading(form, formats)
    given = reading.all(action["inputs"])
    if reading.unread:
        return refused(action, form, _unread(action, reading))
    given |= {action["subjectField"]: action["subjectId"], **terms(form)}
    return await send(visit, action, form, given)


async def send(visit: Visit, action: Data, form: FormData, given: Data) -> Done | Attempt:
    """Run a mutation; `action` needs its names, its subject and its inputs."""
    mutation, noun = action["mutation"], action["event"].split(".")[0]
    kind = mutation[0].upper() + mutation[1:] + "Input"
    text = MUTATION.format(input=kind, mutation=mutation, noun=noun)
    payload = (await visit.run(text, {"input": given}))[mutation]
    if payload["errors"]:
        return refused(action, form, [problem(action, error) for error in payload["errors"]])
    subject = payload[noun]
    return Done(mutation=mutation, subject_id=subject["id"] if subject else None)


def terms(form: FormData) -> Data:
    """The hidden fields of every form: the version that was seen and the key that makes doubles harmless."""
    version, key = clean(form.get("version", "")), clean(form.get("key", ""))
    known: Data = {"expectedVersion": int(version)} if re.fullmatch(r"\d{1,9}", version) else {}
    return known | ({"idempotencyKey": key[:100]} if key else {})


def refused(action: Data, form: FormData, problems: Sequence[Problem]) -> Attempt:
    return Attempt(subject_id=action["subjectId"], mutation=action["mutation"], form=form, problems=problems)


def problem(action: Data, error: Data) -> Problem:
    """A refusal of the API beside the field it speaks of, if that field is in the form."""
    path: list[str] = error["path"]
    names = {item["name"] for item in action["inputs"]}
    where = field_id(action, "-".join(path)) if path and path[0] in names else ""
    return Problem(error["message"], where, error["remedy"] or "")


def field_id(action: Data, name: str) -> str:
    return slug((action["mutation"], action["subjectId"], name))


def _posted(form: FormData, things: Iterable[Data]) -> Data:
    asked = (clean(form.get("subject", "")), clean(form.get("mutation", "")))
    for thing in things:
        for action in thing["openActions"]:
            if (action["subjectId"], action["mutation"]) == asked:
                found: Data = action
                return found
    raise HTTPException(404)


def _unread(action: Data, reading: Reading) -> list[Problem]:
    return [Problem(text, field_id(action, name)) for name, text in reading.unread.items()]
