"""The pages of pipelines: the list, and one with its stages."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.edit_page import EditPage
from portal_views.forms.form_values import RowValues, with_sorted_rows
from portal_views.web.page_context import JsonObject, PageContext

LAST_POSITION = float("inf")


async def pipeline_list(context: PageContext) -> Response:
    """The pipelines in the order of the boards, retired ones below."""
    return context.render("setup/pipelines.html", await context.query("pipelines"))


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    """The form with its stages sorted by the typed numbers; a stage without a name is left out."""
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
    prepare_form=_prepare_form,
)
