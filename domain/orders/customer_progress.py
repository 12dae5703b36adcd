"""The way of an order as its customer follows it, derived from its facts and never stored."""

from dataclasses import dataclass
from enum import StrEnum

from domain.orders.facts import OrderFacts
from domain.orders.model import OrderStatus
from domain.orders.phase import PHASE
from domain.orders.progress import Fulfilment, fulfilment

ENDED_EARLY = frozenset({OrderStatus.CANCELED, OrderStatus.REJECTED})
_PHASE = PHASE.replace("{o}", "{t}")
# SQL over an order `{t}`: its status as its customer reads it. An active one whose work was delivered or accepted is
# not called active any more.
STATUS_FOR_CUSTOMER = f"""(CASE WHEN {{t}}.status = 'ACTIVE' AND {_PHASE} IN ('DELIVERED', 'ACCEPTED')
    THEN {_PHASE} ELSE {{t}}.status END)"""


class ProgressStep(StrEnum):
    """One stretch of an order's way, in this order."""

    OFFER = "OFFER"
    IN_WORK = "IN_WORK"
    DELIVERED = "DELIVERED"
    ACCEPTED = "ACCEPTED"
    INVOICE = "INVOICE"


class ProgressState(StrEnum):
    """Whether a step lies behind, is where the order stands, or lies ahead."""

    DONE = "DONE"
    CURRENT = "CURRENT"
    AHEAD = "AHEAD"


@dataclass(frozen=True)
class StepProgress:
    """A step and where the order stands to it."""

    step: ProgressStep
    state: ProgressState


CURRENT_BY_FULFILMENT = {
    Fulfilment.NOT_STARTED: ProgressStep.IN_WORK,
    Fulfilment.IN_PROGRESS: ProgressStep.IN_WORK,
    Fulfilment.IN_REVISION: ProgressStep.IN_WORK,
    Fulfilment.DELIVERED: ProgressStep.DELIVERED,
    Fulfilment.ACCEPTED: ProgressStep.INVOICE,
}


def customer_progress(order: OrderFacts) -> tuple[StepProgress, ...]:
    """The steps of an order that goes on or is completed, in order; none of one that ended early.

    One that was completed without a delivery has no steps for it.
    """
    if order.status in ENDED_EARLY:
        return ()
    way = [step for step in ProgressStep if not _is_left_out(step, order)]
    current = _current(order)
    position = len(way) if current is None else way.index(current)
    return tuple(StepProgress(step, _state(number, position)) for number, step in enumerate(way))


def _is_left_out(step: ProgressStep, order: OrderFacts) -> bool:
    is_completed = order.status is OrderStatus.COMPLETED
    return is_completed and not order.deliveries_made and step in (ProgressStep.DELIVERED, ProgressStep.ACCEPTED)


def _current(order: OrderFacts) -> ProgressStep | None:
    """The step at which the order stands; None once everything is done."""
    if order.status is OrderStatus.COMPLETED:
        return None
    if order.status not in (OrderStatus.ACTIVE, OrderStatus.CANCELLATION_REVIEW):
        return ProgressStep.OFFER
    current = CURRENT_BY_FULFILMENT[fulfilment(order)]
    return None if current is ProgressStep.INVOICE and order.planned and not order.planned_unsettled else current


def _state(number: int, position: int) -> ProgressState:
    if number == position:
        return ProgressState.CURRENT
    return ProgressState.DONE if number < position else ProgressState.AHEAD
