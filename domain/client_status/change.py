"""One change of client statuses, said once for however many orders, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.client_status.model import KeptUntil, StatusOrigin, Visibility
from domain.kernel.errors import Refusal
from domain.status_templates.model import Notification

SHOW, UPDATE, HIDE = "clientStatus.show", "clientStatus.update", "clientStatus.hide"
REVEAL, PUBLISH = "clientStatus.reveal", "clientStatus.publish"


class ExpectedDateMode(StrEnum):
    """What becomes of the day on which the client may expect the result."""

    AS_BEFORE = "AS_BEFORE"
    GIVEN_DATE = "THE_DAY"
    DELIVERY_DUE = "DELIVERY_DUE"


@dataclass(frozen=True, kw_only=True)
class StatusChange:
    """What is to be written into client statuses; None leaves a value as each order has it.

    Texts come from the template; what is given beside it, or without one, was written by hand and is the same in both
    languages, but where it repeats a text that is there already. With `Expects.THE_DAY` an empty `expected_on` clears
    the day. Without a `notification` the template decides, else clients hear at once. What `refills` says in other
    words what was there already, which no hold forbids. `actor_name` names what acts where that is not the actor: an
    automation.
    """

    event: str
    visibility: Visibility | None = None
    template_id: UUID | None = None
    label: str | None = None
    description: str | None = None
    color: str | None = None
    name: str | None = None
    expects: ExpectedDateMode = ExpectedDateMode.AS_BEFORE
    expected_on: date | None = None
    origin: StatusOrigin = StatusOrigin.MANUAL
    automation_id: UUID | None = None
    bulk_operation_id: UUID | None = None
    notification: Notification | None = None
    kept_until: KeptUntil | None = None
    kept_until_on: date | None = None
    actor_name: str | None = None
    is_template_refresh: bool = False

    @property
    def transition_name(self) -> str:
        """The move of a client status that this is."""
        return self.event.partition(".")[2]

    @property
    def changes_content(self) -> bool:
        """Whether it touches what somebody may have written by hand, and not only whether it is shown."""
        return not self.is_template_refresh and (
            self.template_id is not None or self.expects is not ExpectedDateMode.AS_BEFORE
        )


@dataclass(frozen=True, kw_only=True)
class ChangeResult:
    """What came of a change, by order. `kept` are those whose text written by hand won over an automation."""

    applied: frozenset[UUID] = frozenset()
    unchanged: frozenset[UUID] = frozenset()
    held: tuple[UUID, ...] = ()
    refused: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)
