"""Pipelines as staff draws them up: the list, and one with its stages."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.desk import Data, Visit
from portal_views.entries import Entry
from portal_views.filled import Typed, in_order

AT_THE_END = float("inf")


async def pipeline_list(visit: Visit) -> Response:
    """In the order of the boards, retired ones below."""
    return visit.page("setup/pipelines.html", await visit.ask("pipelines"))


def _arranged(form: FormData, inputs: Sequence[Data]) -> FormData:
    """Stages by the numbers that were typed; one whose name was emptied is left out."""
    (stages,) = (item for item in inputs if item["name"] == "stages")
    return in_order(form, stages, _place)


def _place(row: Typed) -> float:
    typed = row.get("place", "").strip().replace(",", ".")
    try:
        return float(typed) if typed else AT_THE_END
    except ValueError:
        return AT_THE_END


PIPELINE = Entry(
    noun="pipeline",
    document="pipeline",
    template="setup/pipeline.html",
    place="/setup/pipelines",
    rows="stages",
    arranged=_arranged,
)
