"""What can be chosen in a form: plain options, and options below the name of what they belong to."""

from collections.abc import Iterable, Sequence

from portal_views.desk import Data


def options(things: Iterable[Data], label: str = "name") -> list[Data]:
    return [{"value": thing["id"], "label": thing[label]} for thing in things]


def stages_of(pipelines: Iterable[Data]) -> list[Data]:
    """The stages of each pipeline, below its name."""
    return [{"label": pipeline["name"], "options": options(pipeline["stages"])} for pipeline in pipelines]


def keeping(listed: Sequence[Data], chosen: Data | None) -> list[Data]:
    """With what is chosen already, even if it is no longer offered or beyond the first page."""
    flat = [option for entry in listed for option in entry.get("options", [entry])]
    if chosen is None or any(option["value"] == chosen["id"] for option in flat):
        return list(listed)
    return [*listed, {"value": chosen["id"], "label": chosen.get("name") or chosen.get("label", "")}]
