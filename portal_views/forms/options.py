"""Options of form fields: plain ones, and ones grouped below a name."""

from collections.abc import Iterable, Sequence

from portal_views.web.page_context import JsonObject


def options(rows: Iterable[JsonObject], label: str = "name") -> list[JsonObject]:
    """One option for each row; `label` is the key of its text."""
    return [{"value": row["id"], "label": row[label]} for row in rows]


def stage_options(pipelines: Iterable[JsonObject]) -> list[JsonObject]:
    """The stages of each pipeline, grouped below its name."""
    return [{"label": pipeline["name"], "options": options(pipeline["stages"])} for pipeline in pipelines]


def with_current(listed: Sequence[JsonObject], current: JsonObject | None) -> list[JsonObject]:
    """The options with the current choice, even if it is no longer offered or beyond the first page."""
    flat = [option for entry in listed for option in entry.get("options", [entry])]
    if current is None or any(option["value"] == current["id"] for option in flat):
        return list(listed)
    return [*listed, {"value": current["id"], "label": current.get("name") or current.get("label", "")}]
