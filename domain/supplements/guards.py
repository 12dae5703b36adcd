"""Claims that must hold before a move of a supplement, and the instants that bound it."""

from datetime import datetime, time

from domain.billing.facts import LineFacts
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, deadline_passed, guard_failed
from domain.orders.model import OrderStatus
from domain.supplements.facts import SupplementFacts
from domain.supplements.model import SupplementStatus

LAST_DAY_REMINDER = time(9, 0)


def is_paused(supplement: SupplementFacts) -> bool:
    return supplement.order_status is OrderStatus.CANCELLATION_REVIEW


def ends_at(supplement: SupplementFacts, context: EvaluationContext) -> datetime | None:
    """The end of the last valid day: local midnight after it; none while a cancellation is under review."""
    return None if is_paused(supplement) else context.calendar.end_of(supplement.valid_until)


def last_day(supplement: SupplementFacts, context: EvaluationContext) -> datetime | None:
    """09:00 of the last valid day, unless the supplement was offered later than that."""
    reminder = context.calendar.at(supplement.valid_until, LAST_DAY_REMINDER)
    return None if is_paused(supplement) or reminder <= supplement.offered_at else reminder


def line_is_proposed(line: LineFacts, context: EvaluationContext) -> Refusal | None:
    return None if line.is_proposal else guard_failed("line_not_proposed")


def customer_is_not_asked_yet(line: LineFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("supplement_unanswered") if line.supplement_status == SupplementStatus.OPEN else None


def order_goes_on(supplement: SupplementFacts, context: EvaluationContext) -> Refusal | None:
    """While a cancellation is under review, neither the customer nor the clock answers."""
    return guard_failed("supplement_is_paused") if is_paused(supplement) else None


def supplement_is_open(supplement: SupplementFacts, context: EvaluationContext) -> Refusal | None:
    """Open until the end of its last valid day by the clock, whether any worker runs or not."""
    end = ends_at(supplement, context)
    if end is not None and context.now >= end:
        return deadline_passed("supplement_has_ended", end)
    return None


def supplement_has_ended(supplement: SupplementFacts, context: EvaluationContext) -> Refusal | None:
    end = ends_at(supplement, context)
    return guard_failed("supplement_still_open") if end is None or context.now < end else None


def has_expired(supplement: SupplementFacts, context: EvaluationContext) -> Refusal | None:
    """Explain to a late customer why the supplement can no longer be answered."""
    if supplement.status is not SupplementStatus.EXPIRED:
        return None
    return deadline_passed("supplement_has_ended", context.calendar.end_of(supplement.valid_until))
