"""What showing and updating a client status take."""

from dataclasses import dataclass
from datetime import date

from domain.core.inputs import given


@dataclass(frozen=True, kw_only=True)
class StatusText:
    """What the client is told, as a whole: what is left out is empty, except the name, which stays."""

    label: str = given("The status in a word or two.", shortest=1, longest=60)
    name: str | None = given("What the client calls the work; the order's project at first.", default=None, longest=200)
    description: str = given("A sentence or two for the client.", default="", longest=2000)
    color: str = given("Colour of the status, like #2563eb.", default="#64748b", shortest=7, longest=7)
    expected_on: date | None = given("The day the client may expect the result.", default=None)
