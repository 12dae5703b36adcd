"""What can be chosen in a form: plain options, and options below the name of what they belong to."""

from collections.abc import Iterable, Sequence

from portal_views.web.page_context import JsonObject


def options(rows: Iterable[JsonObject], label: str = "name") -> list[JsonObject]:
    return [{"value": thing["id"], "label": thing[label]} for thing in rows]


def stage_options(pipelines: Iterable[JsonObject]) -> list[JsonObject]:
    """The stages of each pipeline, below its name."""
    return [{"label": pipeline["name"], "options": options(pipeline["stages"])} for pipeline in pipelines]


def with_current(listed: Sequence[JsonObject], chosen: JsonObject | None) -> list[JsonObject]:
    """With what is chosen already, even if it is no longer offered or beyond the first page."""
    flat = [option for entry in listed for option in entry.get("options", [entry])]
    if chosen is None or any(option["value"] == chosen["id"] for option in flat):
        return list(listed)
    return [*listed, {"value": chosen["id"], "label": chosen.get("name") or chosen.get("label", "")}]
