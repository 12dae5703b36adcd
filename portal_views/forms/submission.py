"""Submission of forms as mutations: an open action is carried out, or its form comes back with the errors."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from portal_views.forms.form_parser import FormParser, clean_text, row_numbers
from portal_views.forms.lookups import is_search
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.ports.auth import AuthRefusal
from portal_views.web.template_filters import slug

MAX_KEY_LENGTH = 100
BULK, BULK_OPERATION = "Bulk", "bulkOperation"
MORE = "more"
MUTATION_DOCUMENT = """mutation Submit($input: {input_type}!) {{
  {mutation}(input: $input) {{
    {noun} {{ {fields} }}
    errors {{ code message remedy path }}
  }}
}}"""


@dataclass(frozen=True)
class FormError:
    """A sentence above a form; `field_id` is the element it refers to, if any, `remedy` a way out, `code` the API's."""

    message: str
    field_id: str = ""
    remedy: str = ""
    code: str = ""


def form_errors(refusals: Iterable[AuthRefusal]) -> list[FormError]:
    """The sentences above a form whose submission was refused without GraphQL."""
    return [FormError(refusal.message, remedy=refusal.remedy) for refusal in refusals]


@dataclass(frozen=True, kw_only=True)
class CompletedAction:
    """An action that was carried out; `subject_id` is the row it changed or created, if that can still be read."""

    mutation: str
    subject_id: str | None


@dataclass(frozen=True, kw_only=True)
class SubmittedForm:
    """A form to be shown again with what was typed: refused, or without errors to get more rows or a preview."""

    subject_id: str
    mutation: str
    form: FormData = field(default_factory=FormData)
    errors: Sequence[FormError] = ()

    @property
    def form_id(self) -> str:
        return slug((self.mutation, self.subject_id))

    def row_count(self, name: str, least: int) -> int:
        """The number of rows of a nested list to show: those of the form, and one more where it asks for it."""
        return max([least, *(number + 1 for number in row_numbers(self.form, name))]) + asks_for_row(self.form)

    def belongs_to(self, action: JsonObject) -> bool:
        return (self.subject_id, self.mutation) == (action["subjectId"], action["mutation"])


Outcome = CompletedAction | SubmittedForm


async def submit_action(context: PageContext, subjects: Iterable[JsonObject], formats: Formats) -> Outcome:
    """Carry out the posted action of one of `subjects`; 404 if none of them lists it.

    The subjects must list closed actions too, so that the API says why one is closed.
    """
    form = await context.request.form()
    return await submit_form(context, posted_action(form, subjects), form, formats)


async def submit_form(context: PageContext, action: JsonObject, form: FormData, formats: Formats) -> Outcome:
    """Carry out `action` with what the form says, on its subject if it has one.

    A form that only searches for a row to choose, or asks for one more row to fill in, comes back with what it holds.
    """
    if is_search(form) or asks_for_row(form):
        return submitted_form(action, form)
    parser = FormParser(form, formats)
    inputs = parser.parse(action["inputs"]) | concurrency_inputs(form)
    if parser.errors:
        return submitted_form(action, form, parse_errors(action, parser))
    if action["subjectId"]:
        inputs[action["subjectField"]] = action["subjectId"]
    return await perform_action(context, action, form, inputs)


async def perform_action(context: PageContext, action: JsonObject, form: FormData, inputs: JsonObject) -> Outcome:
    """Carry out `action`, of which the names, the subject and the inputs are needed."""
    mutation, noun = action["mutation"], payload_field(action["event"].split(".")[0])
    payload = await run_mutation(context, mutation, inputs, noun=noun)
    if payload["errors"]:
        return submitted_form(action, form, [form_error(action, error) for error in payload["errors"]])
    subject = payload[noun]
    return CompletedAction(mutation=mutation, subject_id=subject["id"] if subject else None)


def payload_field(noun: str) -> str:
    """The field of a payload that holds the row: named like the noun, but for operations on many rows."""
    return BULK_OPERATION if noun.endswith(BULK) else noun


async def run_mutation(
    context: PageContext, mutation: str, inputs: Mapping[str, Any], *, noun: str, fields: str = "id"
) -> JsonObject:
    """Run one mutation; return its payload: `errors`, and the `fields` of `noun` or None."""
    input_type = f"{mutation[0].upper()}{mutation[1:]}Input"
    text = MUTATION_DOCUMENT.format(mutation=mutation, input_type=input_type, noun=noun, fields=fields)
    payload: JsonObject = (await context.execute(text, {"input": dict(inputs)}))[mutation]
    return payload


def asks_for_row(form: FormData) -> bool:
    """Whether the button was pressed that, without a script, gives one more row."""
    return form.get("do") == MORE


def concurrency_inputs(form: FormData) -> JsonObject:
    """The version that the visitor saw and the key that makes a repeated submission harmless."""
    version, key = clean_text(form.get("version", "")), idempotency_key(form)
    known: JsonObject = {"expectedVersion": int(version)} if re.fullmatch(r"\d{1,9}", version) else {}
    return known | ({"idempotencyKey": key} if key else {})


def idempotency_key(form: FormData) -> str | None:
    return clean_text(form.get("key", ""))[:MAX_KEY_LENGTH] or None


def submitted_form(action: JsonObject, form: FormData, errors: Sequence[FormError] = ()) -> SubmittedForm:
    return SubmittedForm(subject_id=action["subjectId"], mutation=action["mutation"], form=form, errors=errors)


def parse_errors(action: JsonObject, parser: FormParser) -> list[FormError]:
    """What keeps a form from the API, with all that is missing beside it, so that it is put right at once."""
    found = parser.faults if parser.errors else {}
    return [FormError(text, field_id(action, name)) for name, text in found.items()]


def form_error(action: JsonObject, error: JsonObject) -> FormError:
    """An error of the API beside the field it refers to, if that field is in the form."""
    path: list[str] = error["path"]
    names = {item["name"] for item in action["inputs"]}
    identifier = field_id(action, "-".join(path)) if path and path[0] in names else ""
    return FormError(error["message"], identifier, error["remedy"] or "", error["code"])


def field_id(action: JsonObject, name: str) -> str:
    return slug((action["mutation"], action["subjectId"], name))


def posted_action(form: FormData, subjects: Iterable[JsonObject]) -> JsonObject:
    """The action of one of `subjects` that a form names; 404 if none of them lists it."""
    posted = (clean_text(form.get("subject", "")), clean_text(form.get("mutation", "")))
    for subject in subjects:
        for action in subject["openActions"]:
            if (action["subjectId"], action["mutation"]) == posted:
                found: JsonObject = action
                return found
    raise HTTPException(404)
