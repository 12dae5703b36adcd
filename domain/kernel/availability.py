"""Whether something that others are made from may still be chosen."""

from enum import StrEnum


class Availability(StrEnum):
    """What is retired stays for what was made from it, and is offered to nobody."""

    ACTIVE = "ACTIVE"
    RETIRED = "RETIRED"
