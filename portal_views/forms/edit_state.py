"""One request of an edit page, and what such a page does unless its description says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.lookups import Values
from portal_views.forms.options import OptionsByInput
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext


@dataclass(frozen=True, kw_only=True)
class EditState:
    """One request of an edit page: `action` creates or amends, `values` fill its form, `thing` is the saved row."""

    context: PageContext
    data: JsonObject
    action: JsonObject | None
    values: JsonObject
    thing: JsonObject | None

    def own(self, submitted: SubmittedForm | None) -> SubmittedForm | None:
        """The submitted form if it is the one that creates or amends, not that of another action."""
        return submitted if submitted and self.action and submitted.belongs_to(self.action) else None

    def saved_form(self) -> FormData:
        """The form as it begins, with the values that fill it."""
        return FormData([(name, value) for name, value in self.values.items() if isinstance(value, str)])


def unchanged_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    return form


def no_options(context: PageContext, data: JsonObject) -> OptionsByInput:
    return {}


def no_variables(context: PageContext) -> JsonObject:
    return {}


def no_values(context: PageContext, data: JsonObject) -> JsonObject:
    return {}


def next_position(context: PageContext, data: JsonObject) -> JsonObject:
    last = data["last"]["nodes"]
    return {"position": last[0]["position"] + 1 if last else 1}


async def no_more(state: EditState, submitted: SubmittedForm | None) -> JsonObject:
    return {}


async def show_saved(context: PageContext, form: FormData, saved: CompletedAction) -> Response:
    return context.redirect(detail_path(saved.subject_id), done=saved.mutation)


def single_values(state: EditState) -> Values:
    return {name: [value] for name, value in state.values.items() if isinstance(value, str) and value}
