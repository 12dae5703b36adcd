"""Pages of objects that are edited as a whole: one creates an object, the other shows, amends and moves it."""

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
    FormError,
    SubmittedForm,
    concurrency_inputs,
    field_id,
    run_mutation,
    submit_action,
    submitted_form,
)
from portal_views.web.formats import Formats
from portal_views.web.page_context import Handler, JsonObject, PageContext, found_or_404

OptionsByInput = Mapping[str, Sequence[JsonObject]]
REDISPLAY_BUTTONS = {"more", "preview"}


def _unchanged_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    return form


def _no_options(context: PageContext, data: JsonObject) -> OptionsByInput:
    return {}


def _no_variables(context: PageContext) -> JsonObject:
    return {}


def _no_values(context: PageContext, data: JsonObject) -> JsonObject:
    return {}


def _next_position(context: PageContext, data: JsonObject) -> JsonObject:
    last = data["last"]["nodes"]
    return {"position": last[0]["position"] + 1 if last else 1}


@dataclass(frozen=True, kw_only=True)
class EditPage:
    """The differences between the edit pages of the nouns.

    `document` loads one object or, with `new`, what an empty form needs. `prepare_form` gives a form its final shape
    before it is parsed. `repeated_input` is the nested list that the form repeats, `initial_row_count` times in a new
    form. `initial_values` fills a new form, `query_variables` are further variables of the document, and
    `template_values` are further values of the template.
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
        """The handler of the page that creates an object."""

        async def handler(context: PageContext) -> Response:
            data = await context.query(self.document, new=True)
            return await self._show_or_save(
                context, data, create_action(data), self.initial_values(context, data), None
            )

        return handler

    def detail_handler(self) -> Handler:
        """The handler of the page of one object."""

        async def handler(context: PageContext) -> Response:
            data = await context.query(self.document, id=path_id(context), **self.query_variables(context))
            thing, formats = found_or_404(data[self.noun]), page_formats(context, data)
            action = _amend_action(thing)
            values = form_values(thing, action["inputs"], formats) if action else {}
            if context.request.method == "POST" and not await _is_amend_form(context, action):
                return await self._submit_action(context, data, thing, action, values, formats)
            return await self._show_or_save(context, data, action, values, thing)

        return handler

    def amend_handler(self) -> Handler:
        """The handler of a page that only amends; it redirects to the object's page when that is not allowed."""

        async def handler(context: PageContext) -> Response:
            data = await context.query(self.document, id=path_id(context), **self.query_variables(context))
            thing = found_or_404(data[self.noun])
            action = _amend_action(thing)
            if action is None or not action["allowed"]:
                return context.redirect(f"{self.path}/{thing['id']}")
            values = form_values(thing, action["inputs"], page_formats(context, data))
            return await self._show_or_save(context, data, action, values, thing)

        return handler

    async def _show_or_save(
        self,
        context: PageContext,
        data: JsonObject,
        action: JsonObject | None,
        values: JsonObject,
        thing: JsonObject | None,
    ) -> Response:
        if context.request.method != "POST" or action is None:
            return self._render(context, data, action, values, thing)
        typed = await context.request.form()
        form = self.prepare_form(typed, action["inputs"])
        if typed.get("do") in REDISPLAY_BUTTONS:
            return self._render(context, data, action, values, thing, submitted_form(action, form, ()))
        outcome = await submit_form(context, action, form, page_formats(context, data))
        if isinstance(outcome, SubmittedForm):
            return self._render(context, data, action, values, thing, outcome)
        return context.redirect(f"{self.path}/{outcome.subject_id}", done=outcome.mutation)

    async def _submit_action(
        self,
        context: PageContext,
        data: JsonObject,
        thing: JsonObject,
        action: JsonObject | None,
        values: JsonObject,
        formats: Formats,
    ) -> Response:
        outcome = await submit_action(context, [thing], formats)
        if isinstance(outcome, CompletedAction):
            return self.redirect(context, outcome)
        data = await context.query(self.document, id=thing["id"], **self.query_variables(context))
        return self._render(context, data, action, values, found_or_404(data[self.noun]), outcome)

    def _render(
        self,
        context: PageContext,
        data: JsonObject,
        action: JsonObject | None,
        values: JsonObject,
        thing: JsonObject | None,
        submitted: SubmittedForm | None = None,
    ) -> Response:
        return context.render(
            self.template,
            data,
            status=422 if submitted and submitted.errors else 200,
            place=self.path,
            thing=thing,
            action=action,
            submitted=submitted,
            values=values,
            choices=self.choices(context, data),
            rows=self._row_count(context, thing, action, submitted),
            typed=submitted.form if submitted and action and submitted.belongs_to(action) else None,
            **self.template_values(context, data),
        )

    def _row_count(
        self, context: PageContext, thing: JsonObject | None, action: JsonObject | None, submitted: SubmittedForm | None
    ) -> int:
        """The number of rows in the form: the filled ones and one more."""
        if submitted and action and submitted.belongs_to(action):
            return len(row_numbers(submitted.form, self.repeated_input)) + 1 + (submitted.form.get("do") == "more")
        return row_count(thing, self.repeated_input) + 1 if thing else self.initial_row_count


def create_action(data: JsonObject, *, subject_id: str = "", subject_field: str = "") -> JsonObject:
    """The create action that a document loads, in the shape of an open action without reasons.

    The input `subject_field` is left out of the form, because the subject fills it. Raises 404 when there is none.
    """
    beginning = found_or_404(next(iter(data["beginnings"]), None))
    inputs = [each for each in beginning["inputs"] if each["name"] != subject_field]
    subject = {"subjectId": subject_id, "subjectField": subject_field}
    return {**beginning, **subject, "inputs": inputs, "allowed": True}


def _amend_action(thing: JsonObject) -> JsonObject | None:
    return next((action for action in thing["openActions"] if action["name"] == "amend"), None)


async def _is_amend_form(context: PageContext, action: JsonObject | None) -> bool:
    """Whether the posted form is the one that amends the object."""
    form = await context.request.form()
    return action is not None and clean_text(form.get("mutation", "")) == action["mutation"]


async def submit_form(
    context: PageContext, action: JsonObject, form: FormData, formats: Formats
) -> CompletedAction | SubmittedForm:
    """Parse a form by the inputs of `action` and run its mutation; return the form with errors when refused."""
    parser = FormParser(form, formats)
    inputs: dict[str, Any] = parser.parse(action["inputs"]) | concurrency_inputs(form)
    if parser.errors:
        return submitted_form(
            action, form, [FormError(text, field_id(action, name)) for name, text in parser.errors.items()]
        )
    if action["subjectId"]:
        inputs[action["subjectField"]] = action["subjectId"]
    return await run_mutation(context, action, form, inputs)
