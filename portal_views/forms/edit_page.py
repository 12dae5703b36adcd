"""Pages of what is written down as a whole: one begins it, the other shows, amends and moves it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.detail_page import page_formats, path_id, redirect_to_same_page
from portal_views.forms.form_parser import FormParser, clean_text, row_numbers
from portal_views.forms.form_values import form_values, row_count
from portal_views.forms.submission import (
    CompletedAction,
    SubmittedForm,
    concurrency_inputs,
    field_id,
    run_mutation,
    submit_action,
    submitted_form,
)
from portal_views.problems import FormError
from portal_views.web.formats import Formats
from portal_views.web.page_context import Handler, JsonObject, PageContext, found_or_404

OptionsByInput = Mapping[str, Sequence[JsonObject]]
REDISPLAY_BUTTONS = {"more", "preview"}


def _unchanged_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    return form


def _no_options(visit: PageContext, data: JsonObject) -> OptionsByInput:
    return {}


def _no_variables(visit: PageContext) -> JsonObject:
    return {}


def _no_values(visit: PageContext, data: JsonObject) -> JsonObject:
    return {}


def _next_position(visit: PageContext, data: JsonObject) -> JsonObject:
    last = data["last"]["nodes"]
    return {"position": last[0]["position"] + 1 if last else 1}


@dataclass(frozen=True, kw_only=True)
class EditPage:
    """How the pages of one noun differ.

    `document` asks for one thing or, with `new`, for what its first form needs; `arranged` gives a form its final
    shape before it is read; `rows` is the nested list that the form repeats, a new one `first_rows` times; `blank`
    gives what stands in a new form, `asking` further variables of the document, `facts` what else the template needs.
    """

    noun: str
    document: str
    template: str
    path: str
    repeated_input: str = ""
    initial_row_count: int = 3
    initial_values: Callable[[PageContext, JsonObject], JsonObject] = _next_position
    choices: Callable[[PageContext, JsonObject], OptionsByInput] = _no_options
    prepare_form: Callable[[FormData, Sequence[JsonObject]], FormData] = _unchanged_form
    query_variables: Callable[[PageContext], JsonObject] = _no_variables
    template_values: Callable[[PageContext, JsonObject], JsonObject] = _no_values
    redirect: Callable[[PageContext, CompletedAction], Response] = redirect_to_same_page

    def create_handler(self) -> Handler:
        """The handler of the page on which one is begun."""

        async def handler(visit: PageContext) -> Response:
            data = await visit.query(self.document, new=True)
            return await self._show_or_save(visit, data, create_action(data), self.initial_values(visit, data), None)

        return handler

    def detail_handler(self) -> Handler:
        """The handler of the page of one thing."""

        async def handler(visit: PageContext) -> Response:
            data = await visit.query(self.document, id=path_id(visit), **self.query_variables(visit))
            thing, formats = found_or_404(data[self.noun]), page_formats(visit, data)
            action = _amend_action(thing)
            values = form_values(thing, action["inputs"], formats) if action else {}
            if visit.request.method == "POST" and not await _is_amend_form(visit, action):
                return await self._submit_action(visit, data, thing, action, values, formats)
            return await self._show_or_save(visit, data, action, values, thing)

        return handler

    def amend_handler(self) -> Handler:
        """The handler of a page on which one is amended and not moved; what cannot be amended has only its page."""

        async def handler(visit: PageContext) -> Response:
            data = await visit.query(self.document, id=path_id(visit), **self.query_variables(visit))
            thing = found_or_404(data[self.noun])
            action = _amend_action(thing)
            if action is None or not action["allowed"]:
                return visit.redirect(f"{self.path}/{thing['id']}")
            values = form_values(thing, action["inputs"], page_formats(visit, data))
            return await self._show_or_save(visit, data, action, values, thing)

        return handler

    async def _show_or_save(
        self,
        visit: PageContext,
        data: JsonObject,
        action: JsonObject | None,
        values: JsonObject,
        thing: JsonObject | None,
    ) -> Response:
        if visit.request.method != "POST" or action is None:
            return self._render(visit, data, action, values, thing)
        typed = await visit.request.form()
        form = self.prepare_form(typed, action["inputs"])
        if typed.get("do") in REDISPLAY_BUTTONS:
            return self._render(visit, data, action, values, thing, submitted_form(action, form, ()))
        outcome = await submit_form(visit, action, form, page_formats(visit, data))
        if isinstance(outcome, SubmittedForm):
            return self._render(visit, data, action, values, thing, outcome)
        return visit.redirect(f"{self.path}/{outcome.subject_id}", done=outcome.mutation)

    async def _submit_action(
        self,
        visit: PageContext,
        data: JsonObject,
        thing: JsonObject,
        action: JsonObject | None,
        values: JsonObject,
        formats: Formats,
    ) -> Response:
        outcome = await submit_action(visit, [thing], formats)
        if isinstance(outcome, CompletedAction):
            return self.redirect(visit, outcome)
        data = await visit.query(self.document, id=thing["id"], **self.query_variables(visit))
        return self._render(visit, data, action, values, found_or_404(data[self.noun]), outcome)

    def _render(
        self,
        visit: PageContext,
        data: JsonObject,
        action: JsonObject | None,
        values: JsonObject,
        thing: JsonObject | None,
        attempt: SubmittedForm | None = None,
    ) -> Response:
        return visit.render(
            self.template,
            data,
            status=422 if attempt and attempt.errors else 200,
            place=self.path,
            thing=thing,
            action=action,
            attempt=attempt,
            values=values,
            choices=self.choices(visit, data),
            rows=self._row_count(visit, thing, action, attempt),
            typed=attempt.form if attempt and action and attempt.belongs_to(action) else None,
            **self.template_values(visit, data),
        )

    def _row_count(
        self, visit: PageContext, thing: JsonObject | None, action: JsonObject | None, attempt: SubmittedForm | None
    ) -> int:
        """How many rows the form shows: those filled, and room for more."""
        if attempt and action and attempt.belongs_to(action):
            return len(row_numbers(attempt.form, self.repeated_input)) + 1 + (attempt.form.get("do") == "more")
        return row_count(thing, self.repeated_input) + 1 if thing else self.initial_row_count


def create_action(data: JsonObject, *, subject_id: str = "", subject_field: str = "") -> JsonObject:
    """What the API says that beginning takes, of the kind that a document asks for; a menu's entry but for reasons.

    What it begins from is the subject and need not be filled in.
    """
    beginning = found_or_404(next(iter(data["beginnings"]), None))
    inputs = [each for each in beginning["inputs"] if each["name"] != subject_field]
    subject = {"subjectId": subject_id, "subjectField": subject_field}
    return {**beginning, **subject, "inputs": inputs, "allowed": True}


def _amend_action(thing: JsonObject) -> JsonObject | None:
    return next((action for action in thing["openActions"] if action["name"] == "amend"), None)


async def _is_amend_form(visit: PageContext, action: JsonObject | None) -> bool:
    """Whether the form that was sent is the one of the whole thing."""
    form = await visit.request.form()
    return action is not None and clean_text(form.get("mutation", "")) == action["mutation"]


async def submit_form(
    visit: PageContext, action: JsonObject, form: FormData, formats: Formats
) -> CompletedAction | SubmittedForm:
    reading = FormParser(form, formats)
    given: dict[str, Any] = reading.parse(action["inputs"]) | concurrency_inputs(form)
    if reading.errors:
        return submitted_form(
            action, form, [FormError(text, field_id(action, name)) for name, text in reading.errors.items()]
        )
    if action["subjectId"]:
        given[action["subjectField"]] = action["subjectId"]
    return await run_mutation(visit, action, form, given)
