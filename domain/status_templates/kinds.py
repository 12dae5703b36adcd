"""Kinds of client statuses: the claim of a status about the work, beside its words."""

from enum import StrEnum


class StatusKind(StrEnum):
    """The claim of a client status about the work."""

    PLANNED = "PLANNED"
    ON_HOLD = "ON_HOLD"
    IN_PROGRESS = "IN_PROGRESS"
    IN_REVIEW = "IN_REVIEW"
    DONE = "DONE"
