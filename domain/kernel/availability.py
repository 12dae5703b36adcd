"""Availability of templates, pipelines and the like: whether they may still be chosen."""

from enum import StrEnum


class Availability(StrEnum):
    """A retired row stays for what was made from it, and is no longer offered."""

    ACTIVE = "ACTIVE"
    RETIRED = "RETIRED"
