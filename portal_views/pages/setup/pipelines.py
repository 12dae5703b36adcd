"""The pages of pipelines: the list, and one with its stages."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.edit_page import EditPage
from portal_views.forms.edit_state import next_position
from portal_views.forms.form_values import RowValues, with_sorted_rows
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import translate

LAST_POSITION = float("inf")
# The stages of a firm's first board, by the keys of their names below `setup.first_board`.
USUAL_STAGES = {"offer": "#64748b", "work": "#2563eb", "customer": "#7c3aed", "accepted": "#15803d"}


async def pipeline_list(context: PageContext) -> Response:
    """The pipelines in the order of the boards, retired ones below."""
    return context.render("setup/pipelines.html", await context.query("pipelines"))


def _initial_values(context: PageContext, data: JsonObject) -> JsonObject:
    """The next position; the first board also begins with its usual name and stages in both languages."""
    values = next_position(context, data)
    if data["last"]["nodes"]:
        return values
    for number, (key, color) in enumerate(USUAL_STAGES.items()):
        values |= {f"stages-{number}-{name}": text for name, text in _names(key).items()}
        values[f"stages-{number}-color"] = color
    return values | _names("pipeline")


def _names(key: str) -> JsonObject:
    words = f"setup.first_board.{key}"
    return {"nameDe": translate("de", words), "nameEn": translate("en", words)}


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    """The form with its stages sorted by the typed numbers; a stage without names is left out."""
    (stages,) = (item for item in inputs if item["name"] == "stages")
    return with_sorted_rows(form, stages, _row_position)


def _row_position(row: RowValues) -> float:
    typed = row.get("place", "").strip().replace(",", ".")
    try:
        return float(typed) if typed else LAST_POSITION
    except ValueError:
        return LAST_POSITION


PIPELINE_PAGE = EditPage(
    noun="pipeline",
    document="pipeline",
    template="setup/pipeline.html",
    list_path="/setup/pipelines",
    repeated_input="stages",
    initial_row_count=5,
    initial_values=_initial_values,
    prepare_form=_prepare_form,
)
