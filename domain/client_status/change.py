"""One change of client statuses, for any number of orders, and its result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.client_status.model import KeptUntil, StatusOrigin, Visibility
from domain.kernel.errors import Refusal
from domain.status_templates.kinds import StatusKind
from domain.status_templates.model import Notification

SHOW, UPDATE, HIDE = "clientStatus.show", "clientStatus.update", "clientStatus.hide"
REVEAL, PUBLISH = "clientStatus.reveal", "clientStatus.publish"


class ExpectedDateMode(StrEnum):
    """The source of the day on which the client may expect the result."""

    AS_BEFORE = "AS_BEFORE"
    GIVEN_DATE = "THE_DAY"
    DELIVERY_DUE = "DELIVERY_DUE"


@dataclass(frozen=True, kw_only=True)
class StatusChange:
    """The values to write into client statuses; None leaves a value as each order has it.

    Texts come from the template. A text that is given beside it, or without one, was written by hand and is the same in
    both languages, unless it repeats the present text of one of them. With `GIVEN_DATE` an empty `expected_on` clears
    the day. Without a `kind` a new label that is written by hand claims nothing. Without a `notification` the template
    decides, else clients are notified at once. A template refresh fills the present texts again, which no hold forbids.
    `actor_name` is the name of the automation where it is not the actor's.
    """

    event: str
    visibility: Visibility | None = None
    template_id: UUID | None = None
    label: str | None = None
    description: str | None = None
    color: str | None = None
    kind: StatusKind | None = None
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
        """The name of the client status's move that makes this change."""
        return self.event.partition(".")[2]

    @property
    def changes_content(self) -> bool:
        """Whether it changes content that may have been written by hand, and not only the visibility."""
        return not self.is_template_refresh and (
            self.template_id is not None or self.expects is not ExpectedDateMode.AS_BEFORE
        )


@dataclass(frozen=True, kw_only=True)
class ChangeResult:
    """The result of a change, by order. `held` are orders whose text written by hand won over an automation."""

    applied: frozenset[UUID] = frozenset()
    unchanged: frozenset[UUID] = frozenset()
    held: tuple[UUID, ...] = ()
    refused: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)
