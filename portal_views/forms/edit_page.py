"""Pages of rows that are edited as a whole: one creates a row, the other shows it, amends it and offers its actions."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.detail_page import RedirectAfter, path_id, redirect_to_same_page
from portal_views.forms.edit_state import (
    EditState,
    next_position,
    no_more,
    no_options,
    no_values,
    no_variables,
    show_saved,
    single_values,
    unchanged_form,
)
from portal_views.forms.form_parser import clean_text, row_numbers
from portal_views.forms.form_values import form_values, row_count
from portal_views.forms.lookups import Values, form_lookups
from portal_views.forms.options import OptionsByInput
from portal_views.forms.submission import (
    CompletedAction,
    SubmittedForm,
    asks_for_row,
    submit_action,
    submit_form,
    submitted_form,
)
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import Handler, JsonObject, PageContext, found_or_404

REDISPLAY_BUTTONS = {"more", "preview"}


@dataclass(frozen=True, kw_only=True)
class EditPage:
    """The description of the pages of one noun.

    `document` loads one row or, with `new`, the data of an empty form; `prepare_form` gives a posted form its final
    shape before it is parsed; `repeated_input` is the nested list whose rows the form repeats, a new form
    `initial_row_count` times; `initial_values` fill a new form; `lookups` are the kinds of the fields that find a
    row by typing, which begin with what is `chosen`; `query_variables` are further variables of the document,
    `template_values` further values for the template, `read_more` those that another query finds; `after_save`
    answers once the row is saved.
    """

    noun: str
    document: str
    template: str
    list_path: str
    repeated_input: str = ""
    initial_row_count: int = 3
    initial_values: Callable[[PageContext, JsonObject], JsonObject] = next_position
    choices: Callable[[PageContext, JsonObject], OptionsByInput] = no_options
    lookups: Mapping[str, str] = field(default_factory=dict)
    chosen: Callable[[EditState], Values] = single_values
    prepare_form: Callable[[FormData, Sequence[JsonObject]], FormData] = unchanged_form
    query_variables: Callable[[PageContext], JsonObject] = no_variables
    template_values: Callable[[PageContext, JsonObject], JsonObject] = no_values
    read_more: Callable[[EditState, SubmittedForm | None], Awaitable[JsonObject]] = no_more
    after_save: Callable[[PageContext, FormData, CompletedAction], Awaitable[Response]] = show_saved
    redirect: RedirectAfter = redirect_to_same_page

    def create_handler(self) -> Handler:
        """The handler of the page that creates a row."""

        async def handler(context: PageContext) -> Response:
            return await self._show_or_save(await self.begin(context))

        return handler

    def detail_handler(self) -> Handler:
        """The handler of the page of one row."""

        async def handler(context: PageContext) -> Response:
            state = await self.load(context, path_id(context))
            if context.request.method == "POST" and not await _is_amend_form(state):
                return await self._submit_action(state)
            return await self._show_or_save(state)

        return handler

    def amend_handler(self) -> Handler:
        """The handler of a page that only amends a row; one that cannot be amended redirects to its own page."""

        async def handler(context: PageContext) -> Response:
            state = await self.load(context, path_id(context))
            if state.action is None or not state.action["allowed"]:
                return context.redirect(detail_path(path_id(context)))
            return await self._show_or_save(state)

        return handler

    async def begin(self, context: PageContext) -> EditState:
        """The state of the page that creates a row."""
        data = await context.query(self.document, new=True)
        values = self.initial_values(context, data)
        return EditState(context=context, data=data, action=create_action(data), values=values, thing=None)

    async def load(self, context: PageContext, row_id: str) -> EditState:
        """The state of the page of one row; 404 if there is none."""
        data = await context.query(self.document, id=row_id, **self.query_variables(context))
        thing = found_or_404(data[self.noun])
        action = next((each for each in thing["openActions"] if each["name"] == "amend"), None)
        values = form_values(thing, action["inputs"], context.formats(data)) if action else {}
        return EditState(context=context, data=data, action=action, values=values, thing=thing)

    async def _show_or_save(self, state: EditState) -> Response:
        context, action = state.context, state.action
        if context.request.method != "POST" or action is None:
            return await self._render(state)
        posted = await context.request.form()
        form = self.prepare_form(posted, action["inputs"])
        if posted.get("do") in REDISPLAY_BUTTONS:
            return await self._render(state, submitted_form(action, form))
        outcome = await submit_form(context, action, form, context.formats(state.data))
        if isinstance(outcome, SubmittedForm):
            return await self._render(state, outcome)
        return await self.after_save(context, form, outcome)

    async def _submit_action(self, state: EditState) -> Response:
        """Carry out an action other than the amendment; a refused one is shown with the row as it is now."""
        context = state.context
        outcome = await submit_action(context, [found_or_404(state.thing)], context.formats(state.data))
        if not isinstance(outcome, SubmittedForm):
            return self.redirect(context, outcome)
        data = await context.query(self.document, id=path_id(context), **self.query_variables(context))
        return await self._render(replace(state, data=data, thing=found_or_404(data[self.noun])), outcome)

    async def _render(self, state: EditState, submitted: SubmittedForm | None = None) -> Response:
        own = state.own(submitted)
        lookups = await form_lookups(state.context, self.lookups, self.chosen(state), own.form if own else None)
        return state.context.render(
            self.template,
            state.data,
            submitted=submitted,
            list_path=self.list_path,
            thing=state.thing,
            action=state.action,
            values=state.values,
            choices={**self.choices(state.context, state.data), **lookups},
            rows=self._row_count(state.thing, own),
            typed=own.form if own else None,
            **self.template_values(state.context, state.data),
            **await self.read_more(state, own),
        )

    def _row_count(self, thing: JsonObject | None, own: SubmittedForm | None) -> int:
        """The number of rows that the form shows: those filled in, and room for more."""
        if own:
            return len(row_numbers(own.form, self.repeated_input)) + 1 + asks_for_row(own.form)
        return row_count(thing, self.repeated_input) + 1 if thing else self.initial_row_count


def create_action(data: JsonObject, *, subject_id: str = "", subject_field: str = "") -> JsonObject:
    """The one beginning that a document asks for, in the shape of an open action; 404 if the role may not begin it.

    The row that it begins from is the subject, whose input is not part of the form.
    """
    beginning = found_or_404(next(iter(data["beginnings"]), None))
    inputs = [each for each in beginning["inputs"] if each["name"] != subject_field]
    subject = {"subjectId": subject_id, "subjectField": subject_field}
    return {**beginning, **subject, "inputs": inputs, "allowed": True}


async def _is_amend_form(state: EditState) -> bool:
    """Return whether the posted form is the one that amends the whole row."""
    form = await state.context.request.form()
    return state.action is not None and clean_text(form.get("mutation", "")) == state.action["mutation"]
