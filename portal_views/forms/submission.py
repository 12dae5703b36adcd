"""Submission of open actions from forms: runs the mutation, or returns the form with its errors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from portal_views.forms.form_parser import FormParser, clean_text
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


@dataclass(frozen=True)
class FormError:
    """A sentence above a form that was refused.

    `field_id` is the identifier of the input that it concerns, `remedy` is advice; both may be empty.
    """

    message: str
    field_id: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class CompletedAction:
    """An action that was executed; `subject_id` is the row it created or moved, None when that is no longer visible."""

    mutation: str
    subject_id: str | None


@dataclass(frozen=True, kw_only=True)
class SubmittedForm:
    """A form to be shown again: the values that were typed and their errors, if there are any."""

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
    context: PageContext, subjects: Iterable[JsonObject], formats: Formats
) -> CompletedAction | SubmittedForm:
    """Submit the posted action of one of `subjects`, whose open actions must include closed ones.

    Raises 404 for any other action.
    """
    form = await context.request.form()
    action = _posted_action(form, subjects)
    parser = FormParser(form, formats)
    inputs = parser.parse(action["inputs"])
    if parser.errors:
        return submitted_form(action, form, _parse_errors(action, parser))
    inputs |= {action["subjectField"]: action["subjectId"], **concurrency_inputs(form)}
    return await run_mutation(context, action, form, inputs)


async def run_mutation(
    context: PageContext, action: JsonObject, form: FormData, inputs: JsonObject
) -> CompletedAction | SubmittedForm:
    """Run the mutation of `action`, which needs `mutation`, `event`, `subjectId` and `inputs`."""
    mutation, noun = action["mutation"], action["event"].split(".")[0]
    kind = mutation[0].upper() + mutation[1:] + "Input"
    text = MUTATION_DOCUMENT.format(input=kind, mutation=mutation, noun=noun)
    payload = (await context.execute(text, {"input": inputs}))[mutation]
    if payload["errors"]:
        return submitted_form(action, form, [form_error(action, error) for error in payload["errors"]])
    subject = payload[noun]
    return CompletedAction(mutation=mutation, subject_id=subject["id"] if subject else None)


def concurrency_inputs(form: FormData) -> JsonObject:
    """Inputs from the hidden fields of every form: the expected version, and the idempotency key of the submission."""
    version, key = clean_text(form.get("version", "")), clean_text(form.get("key", ""))
    inputs: JsonObject = {"expectedVersion": int(version)} if re.fullmatch(r"\d{1,9}", version) else {}
    return inputs | ({"idempotencyKey": key[:100]} if key else {})


def submitted_form(action: JsonObject, form: FormData, form_errors: Sequence[FormError]) -> SubmittedForm:
    return SubmittedForm(subject_id=action["subjectId"], mutation=action["mutation"], form=form, errors=form_errors)


def form_error(action: JsonObject, error: JsonObject) -> FormError:
    """An error of the API, linked to its field when that field is in the form."""
    path: list[str] = error["path"]
    names = {item["name"] for item in action["inputs"]}
    target = field_id(action, "-".join(path)) if path and path[0] in names else ""
    return FormError(error["message"], target, error["remedy"] or "")


def field_id(action: JsonObject, name: str) -> str:
    return slug((action["mutation"], action["subjectId"], name))


def _posted_action(form: FormData, subjects: Iterable[JsonObject]) -> JsonObject:
    posted = (clean_text(form.get("subject", "")), clean_text(form.get("mutation", "")))
    for thing in subjects:
        for action in thing["openActions"]:
            if (action["subjectId"], action["mutation"]) == posted:
                found: JsonObject = action
                return found
    raise HTTPException(404)


def _parse_errors(action: JsonObject, parser: FormParser) -> list[FormError]:
    return [FormError(text, field_id(action, name)) for name, text in parser.errors.items()]
