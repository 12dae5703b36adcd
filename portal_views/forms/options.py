"""Options of a form's fields: plain ones, and groups of them below a label."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from portal_views.forms.lookups import Lookup
from portal_views.web.page_context import JsonObject

OptionsByInput = Mapping[str, Sequence[JsonObject] | Lookup]


def options(rows: Iterable[JsonObject], label: str | Callable[[JsonObject], str] = "name") -> list[JsonObject]:
    """One option for each row, labelled by one of its fields or by a function of the row."""
    return [{"value": row["id"], "label": label(row) if callable(label) else row[label]} for row in rows]


def stage_options(pipelines: Iterable[JsonObject]) -> list[JsonObject]:
    """The stages of each pipeline, grouped below its name."""
    return [{"label": pipeline["name"], "options": options(pipeline["stages"])} for pipeline in pipelines]


def with_current(listed: Sequence[JsonObject], current: JsonObject | None) -> list[JsonObject]:
    """The options with the current choice, even if it is no longer offered or beyond the first page."""
    flat = [option for entry in listed for option in entry.get("options", [entry])]
    if current is None or any(option["value"] == current["id"] for option in flat):
        return list(listed)
    return [*listed, {"value": current["id"], "label": current.get("name") or current.get("label", "")}]
