"""Making moves from forms: whatever the API's menus offer can be posted, and a refusal comes back to its form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from portal_views.forms.form_parser import FormParser, clean_text
from portal_views.problems import FormError
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.renderer import slug

MUTATION_DOCUMENT = """mutation Move($input: {input}!) {{
  {mutation}(input: $input) {{
    {noun} {{ id }}
    errors {{ code message remedy path }}
    replayed
  }}
}}"""


@dataclass(frozen=True, kw_only=True)
class CompletedAction:
    """A move that was made; `subject_id` is the row it made or moved, if it can still be read."""

    mutation: str
    subject_id: str | None


@dataclass(frozen=True, kw_only=True)
class SubmittedForm:
    """A move that was refused: what was typed and what is wrong with it, to be shown at the same form again."""

    subject_id: str
    mutation: str
    form: FormData = field(default_factory=FormData)
    errors: Sequence[FormError] = ()

    @property
    def form_id(self) -> str:
        return slug((self.mutation, self.subject_id))

    def belongs_to(self, action: JsonObject) -> bool:
        return (self.subject_id, self.mutation) == (action["subjectId"], action["mutation"])


async def submit_action(
    visit: PageContext, subjects: Iterable[JsonObject], formats: Formats
) -> CompletedAction | SubmittedForm:
    """Make the posted move on one of `things`, whose menus must list closed moves too; 404 for any other move."""
    form = await visit.request.form()
    action = _posted_action(form, subjects)
    reading = FormParser(form, formats)
    given = reading.parse(action["inputs"])
    if reading.errors:
        return submitted_form(action, form, _parse_errors(action, reading))
    given |= {action["subjectField"]: action["subjectId"], **concurrency_inputs(form)}
    return await run_mutation(visit, action, form, given)


async def run_mutation(
    visit: PageContext, action: JsonObject, form: FormData, given: JsonObject
) -> CompletedAction | SubmittedForm:
    """Run a mutation; `action` needs its names, its subject and its inputs."""
    mutation, noun = action["mutation"], action["event"].split(".")[0]
    kind = mutation[0].upper() + mutation[1:] + "Input"
    text = MUTATION_DOCUMENT.format(input=kind, mutation=mutation, noun=noun)
    payload = (await visit.execute(text, {"input": given}))[mutation]
    if payload["errors"]:
        return submitted_form(action, form, [form_error(action, error) for error in payload["errors"]])
    subject = payload[noun]
    return CompletedAction(mutation=mutation, subject_id=subject["id"] if subject else None)


def concurrency_inputs(form: FormData) -> JsonObject:
    """The hidden fields of every form: the version that was seen and the key that makes doubles harmless."""
    version, key = clean_text(form.get("version", "")), clean_text(form.get("key", ""))
    known: JsonObject = {"expectedVersion": int(version)} if re.fullmatch(r"\d{1,9}", version) else {}
    return known | ({"idempotencyKey": key[:100]} if key else {})


def submitted_form(action: JsonObject, form: FormData, problems: Sequence[FormError]) -> SubmittedForm:
    return SubmittedForm(subject_id=action["subjectId"], mutation=action["mutation"], form=form, errors=problems)


def form_error(action: JsonObject, error: JsonObject) -> FormError:
    """A refusal of the API beside the field it speaks of, if that field is in the form."""
    path: list[str] = error["path"]
    names = {item["name"] for item in action["inputs"]}
    where = field_id(action, "-".join(path)) if path and path[0] in names else ""
    return FormError(error["message"], where, error["remedy"] or "")


def field_id(action: JsonObject, name: str) -> str:
    return slug((action["mutation"], action["subjectId"], name))


def _posted_action(form: FormData, subjects: Iterable[JsonObject]) -> JsonObject:
    asked = (clean_text(form.get("subject", "")), clean_text(form.get("mutation", "")))
    for thing in subjects:
        for action in thing["openActions"]:
            if (action["subjectId"], action["mutation"]) == asked:
                found: JsonObject = action
                return found
    raise HTTPException(404)


def _parse_errors(action: JsonObject, reading: FormParser) -> list[FormError]:
    return [FormError(text, field_id(action, name)) for name, text in reading.errors.items()]
