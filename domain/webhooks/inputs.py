"""Inputs of the moves of webhook endpoints."""

from dataclasses import dataclass
from enum import StrEnum

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of

MAX_EVENTS = 500


class SuspensionCause(StrEnum):
    """Why the system paused an endpoint."""

    UNREACHABLE = "UNREACHABLE"
    GONE = "GONE"


@dataclass(frozen=True, kw_only=True)
class WebhookEndpointInput:
    """All that people say about an endpoint."""

    url: str = input_field("Where events are posted to, an https:// address.", shortest=1, longest=200)
    description: str = input_field("What receives them.", default="", longest=200)
    events: tuple[str, ...] = input_field(
        "The events that are sent, like order.confirm; none means all.",
        default=(),
        longest=MAX_EVENTS,
        longest_entry=64,
    )


WebhookEndpointAmendment = amendment_of(WebhookEndpointInput, "WebhookEndpointAmendment")


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """Why the system pauses an endpoint."""

    cause: SuspensionCause
