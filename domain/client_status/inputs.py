"""Inputs of the moves of client statuses and of their rules."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.client_status.change import ExpectedDateMode, StatusChange
from domain.client_status.model import KeptUntil
from domain.engine.inputs import input_field
from domain.kernel.amendments import amended, amendment_of, is_given
from domain.status_templates.kinds import StatusKind
from domain.status_templates.model import Notification


@dataclass(frozen=True, kw_only=True)
class StatusInput:
    """The content of a status as a whole, from a template or written by hand. A name that is left out stays."""

    template_id: UUID | None = input_field("Copy texts and colour from this template.", id_prefix="stt", default=None)
    label: str | None = input_field(
        "The status in a word or two; left out: the template's, else as it is.", default=None, shortest=1, longest=60
    )
    name: str | None = input_field(
        "What the client calls the work; the order's project at first.", default=None, longest=200
    )
    description: str | None = input_field(
        "A sentence or two for the client; left out: the template's, none with a new label, else as it is.",
        default=None,
        longest=2000,
    )
    color: str | None = input_field(
        "Colour of the status, like #2563eb; left out: the template's, else as it is.",
        default=None,
        shortest=7,
        longest=7,
    )
    kind: StatusKind | None = input_field(
        "What it claims about the work; left out: the template's, none with a new label, else as it is.", default=None
    )
    expected_on: date | None = amended(input_field("The day the client may expect the result.", default=None))
    notification: Notification | None = input_field(
        "Whether the client is written to; left out: as the template says, else at once.", default=None
    )
    kept_until: KeptUntil | None = input_field(
        "How long this wins over automations; left out: what is written by hand until it is cleared.", default=None
    )
    kept_until_on: date | None = input_field("The last day of that, where it lasts until a date.", default=None)


@dataclass(frozen=True, kw_only=True)
class StatusRulesInput:
    """The rules for all client statuses."""

    quiet_minutes: int = input_field(
        "How many minutes a change waits unseen and can be taken back; 0: clients see it at once.", least=0, most=1440
    )
    stale_after_days: int | None = input_field(
        "After how many days without a change a shown status is stale; empty: never.", default=None, least=1, most=365
    )
    digest_hour: int = input_field(
        "The full hour at which daily mails are sent, in the operator's zone.", least=0, most=23
    )
    applies_fitting_status: bool = input_field(
        "Replace a status that contradicts the facts by the fitting template; texts by hand stay.", default=False
    )


StatusRulesAmendment = amendment_of(StatusRulesInput, "StatusRulesAmendment")


def change_from_input(input: StatusInput, event: str) -> StatusChange:
    """The change that this input asks for, for the event of this name."""
    has_given_day = is_given(input, "expected_on")
    has_new_label = input.label is not None and input.template_id is None
    description = "" if input.description is None and has_new_label else input.description
    return StatusChange(
        event=event,
        template_id=input.template_id,
        label=_stripped(input.label),
        description=_stripped(description),
        color=input.color.lower() if input.color else None,
        kind=input.kind,
        name=_stripped(input.name),
        expects=ExpectedDateMode.GIVEN_DATE if has_given_day else ExpectedDateMode.AS_BEFORE,
        expected_on=input.expected_on if has_given_day else None,
        notification=input.notification,
        kept_until=input.kept_until,
        kept_until_on=input.kept_until_on,
    )


def _stripped(text: str | None) -> str | None:
    return None if text is None else text.strip()
