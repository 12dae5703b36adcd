"""Demands on an imported order: the guards of the moves that lead to its status, and days that can be."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Guard, Validator
from domain.kernel.errors import Refusal, invalid
from domain.operator.guards import is_percentage
from domain.orders import guards
from domain.orders.imported.inputs import ImportedOrder
from domain.orders.model import OrderStatus

DRAFT, IN_REVIEW, AWAITING_CUSTOMER = OrderStatus.DRAFT, OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER
AGREED = frozenset({OrderStatus.ACTIVE, OrderStatus.COMPLETED})
SUBMITTED = AGREED | {IN_REVIEW, AWAITING_CUSTOMER}
IMPORTABLE = SUBMITTED | {DRAFT}
SERIES = re.compile(r"(?P<prefix>.+)-(?P<member>[0-9]{5})-(?P<running>[0-9]{4,8})")
# The days of an order's life in their order, and the states of which each is demanded.
DAYS: Mapping[str, frozenset[OrderStatus]] = {
    "created_on": frozenset(),
    "submitted_on": SUBMITTED,
    "offered_on": frozenset({AWAITING_CUSTOMER}),
    "activated_on": AGREED,
    "completed_on": frozenset({OrderStatus.COMPLETED}),
}


def demanded(guard: Guard, states: frozenset[OrderStatus]) -> Validator:
    """A guard of a move that leads to these states, as it holds for an order that is imported in one of them."""

    def validate(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
        return guard(entry.facts, context) if entry.status in states else None

    return validate


def status_is_importable(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    return None if entry.status in IMPORTABLE else invalid("import_order_status", "status")


def number_is_of_its_member(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    """A number of the operator's own series names the member; any other text stays as it is."""
    found = SERIES.fullmatch(entry.number.strip())
    if found is None or found["prefix"] != context.settings.order_prefix or int(found["member"]) == entry.member_number:
        return None
    return invalid("import_number_of_another_member", "number", member=found["member"])


def running_number(number: str, prefix: str) -> int:
    """The running number of an order's number in the operator's own series; 0 for any other number."""
    found = SERIES.fullmatch(number)
    return int(found["running"]) if found and found["prefix"] == prefix else 0


def days_are_given(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    missing = (name for name, states in DAYS.items() if entry.status in states and getattr(entry, name) is None)
    return next((invalid("import_day_missing", name) for name in missing), None)


def days_have_passed(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    return next((invalid("import_day_in_future", name) for name, day in _days(entry) if day > context.today), None)


def days_follow_each_other(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    for (_, earlier), (name, later) in pairwise(_days(entry)):
        if later < earlier:
            return invalid("import_days_out_of_order", name, earlier=earlier)
    return None


def _days(entry: ImportedOrder) -> list[tuple[str, date]]:
    return [(name, day) for name in DAYS if (day := getattr(entry, name)) is not None]


def confirmation_is_named(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    if entry.status not in AGREED or entry.skip_confirmation or (entry.confirmed_by or "").strip():
        return None
    return invalid("import_confirmed_by_missing", "confirmed_by")


def fee_is_a_percentage(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    if entry.fee_percent is None or is_percentage(entry.fee_percent):
        return None
    return invalid("fee_malformed", "fee_percent")


def invoices_are_of_agreed_orders(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    """Nothing is invoiced before the customer has agreed."""
    for place, planned in enumerate(entry.planned_invoices):
        if planned.invoiced_as and entry.status not in AGREED:
            return invalid("import_invoiced_too_early", "planned_invoices", str(place), "invoiced_as")
    return None


def past_invoices_are_settled(order: None, entry: ImportedOrder, context: EvaluationContext) -> Refusal | None:
    """A planned invoice of the past would be composed at once, and the customer might be invoiced twice."""
    for place, planned in enumerate(entry.planned_invoices):
        is_past = planned.invoice_on is not None and planned.invoice_on < context.today
        if entry.status is OrderStatus.ACTIVE and is_past and not planned.invoiced_as:
            return invalid("import_past_invoice_open", "planned_invoices", str(place), "invoiced_as")
    return None


VALIDATORS: tuple[Validator, ...] = (
    status_is_importable,
    number_is_of_its_member,
    guards.period_ends_after_start,
    days_are_given,
    days_have_passed,
    days_follow_each_other,
    confirmation_is_named,
    fee_is_a_percentage,
    invoices_are_of_agreed_orders,
    past_invoices_are_settled,
    demanded(guards.membership_is_active, frozenset({IN_REVIEW, AWAITING_CUSTOMER})),
    demanded(guards.project_is_named, SUBMITTED),
    demanded(guards.customer_and_contact_are_chosen, SUBMITTED),
    demanded(guards.billing_plan_is_complete, SUBMITTED),
    demanded(guards.planned_invoices_are_not_negative, SUBMITTED),
    demanded(guards.service_period_is_set, SUBMITTED),
    demanded(guards.offer_has_end, frozenset({IN_REVIEW, AWAITING_CUSTOMER})),
    demanded(guards.offer_can_be_answered, frozenset({AWAITING_CUSTOMER})),
    demanded(guards.contact_has_email, frozenset({AWAITING_CUSTOMER})),
    demanded(guards.completion_rule_holds, frozenset({OrderStatus.COMPLETED})),
)
