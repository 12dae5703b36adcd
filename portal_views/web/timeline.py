"""A timeline as pages show it: by day, the newest first, with the steps of the machine folded."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

MACHINE = "CLOCK"
# What the clock brings about that people look for.
TURNING_POINTS = frozenset({"order.expire", "order.complete", "order.import", "delivery.autoAccept"})


@dataclass(frozen=True, kw_only=True)
class TimelinePart:
    """Entries of one day that follow each other; `is_folded` for steps of the machine."""

    is_folded: bool
    entries: tuple[JsonObject, ...]


@dataclass(frozen=True, kw_only=True)
class TimelineDay:
    """One day of a timeline: its date in words, and its parts, the newest first."""

    label: str
    parts: tuple[TimelinePart, ...]


def timeline_days(entries: Iterable[JsonObject], formats: Formats) -> list[TimelineDay]:
    """The entries, each with `name`, `at` and perhaps `actorRole`, the newest first, by local day."""
    return [
        TimelineDay(label=label, parts=_parts(of_day))
        for label, of_day in groupby(entries, key=lambda entry: formats.day(entry["at"], "full"))
    ]


def _parts(entries: Iterable[JsonObject]) -> tuple[TimelinePart, ...]:
    return tuple(
        TimelinePart(is_folded=is_folded, entries=tuple(run))
        for is_folded, run in groupby(entries, key=_is_machine_step)
    )


def _is_machine_step(entry: JsonObject) -> bool:
    return entry.get("actorRole") == MACHINE and entry["name"] not in TURNING_POINTS
