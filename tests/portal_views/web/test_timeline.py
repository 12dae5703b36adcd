"""A timeline by day, with the steps of the machine folded."""

from portal_views.web.formats import Formats
from portal_views.web.timeline import timeline_days

FORMATS = Formats.of("en", "Europe/Berlin", "2026-05-02T10:00:00Z")


def entry(name: str, at: str, role: str = "STAFF") -> dict[str, str]:
    return {"name": name, "label": name, "at": at, "actorRole": role}


def test_days_are_local_and_neighbouring_steps_of_the_machine_are_one_part() -> None:
    entries = [
        entry("order.comment", "2026-05-01T22:30:00Z"),
        entry("order.complete", "2026-05-01T12:00:00Z", "CLOCK"),
        entry("line.arise", "2026-05-01T11:00:00Z", "CLOCK"),
        entry("invoice.compose", "2026-05-01T10:00:00Z", "CLOCK"),
        entry("order.approve", "2026-05-01T09:00:00Z"),
    ]

    days = timeline_days(entries, FORMATS)

    assert [day.label for day in days] == ["Saturday, 2 May 2026", "Friday, 1 May 2026"]
    assert [(part.is_folded, [each["name"] for each in part.entries]) for part in days[1].parts] == [
        (False, ["order.complete"]),
        (True, ["line.arise", "invoice.compose"]),
        (False, ["order.approve"]),
    ]


def test_a_timeline_that_names_no_roles_folds_nothing() -> None:
    days = timeline_days([{"name": "invoice.compose", "label": "x", "at": "2026-05-01T10:00:00Z"}], FORMATS)

    assert [part.is_folded for part in days[0].parts] == [False]
