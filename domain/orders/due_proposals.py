"""A later day for the delivery: the member proposes one, the customer accepts or declines it."""

from datetime import date, datetime, time

from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.orders.facts import OrderFacts
from domain.orders.inputs import DueProposal

# A delivery without an agreed time of day is due at the end of the working day, as in order templates.
END_OF_WORK = time(18)

# SQL over an order `{t}` and the instant `{now}`: a proposed day waits for the customer's answer.
IS_PROPOSED = """({t}.status = 'ACTIVE' AND {t}.archived_at IS NULL AND {t}.due_proposed_on
    > ({now} AT TIME ZONE (SELECT s.zone FROM operator_settings s))::date)"""


def open_proposal(order: OrderFacts, context: EvaluationContext) -> date | None:
    """The proposed day while it can be answered: until it begins."""
    day = order.due_proposed_on
    return day if day is not None and day > context.today else None


def no_proposal_is_open(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("due_proposal_still_open") if open_proposal(order, context) else None


def proposal_is_open(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if open_proposal(order, context) else guard_failed("no_due_proposal_open")


def proposed_day_is_after_today(order: OrderFacts, proposal: DueProposal, context: EvaluationContext) -> Refusal | None:
    return None if proposal.due_on > context.today else invalid("due_not_later_than_today", "due_on")


def proposed_instant(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """The instant at which the delivery would be due: at the time of day that was agreed."""
    if order.due_proposed_on is None:
        return None
    agreed = order.delivery_due_at
    return context.calendar.at(order.due_proposed_on, context.calendar.local(agreed).time() if agreed else END_OF_WORK)


def answer_until(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """The instant from which the proposed day can no longer be answered."""
    day = open_proposal(order, context)
    return context.calendar.start_of(day) if day else None


# SQL over the event `{t}` with which a customer agreed to another day: the instant before, and the reason.
AGREED_DAY = "{t}.name = 'order.acceptDue'"
AGREED_FROM = "({t}.body ->> 'from')::timestamptz"
AGREED_WHY = """(SELECT e.body ->> 'reason' FROM events e WHERE e.order_id = {t}.order_id
    AND e.name = 'order.proposeDue' AND e.at <= {t}.at ORDER BY e.at DESC LIMIT 1)"""
