"""Claims that must hold before a move of an order."""

from datetime import datetime

from domain.engine.context import EvaluationContext
from domain.kernel.amendments import amended_value
from domain.kernel.clean_text import is_web_address
from domain.kernel.errors import Refusal, deadline_passed, guard_failed, invalid
from domain.orders.facts import OrderFacts
from domain.orders.inputs import (
    Assignees,
    CommentText,
    Confirmation,
    Draft,
    DraftFacts,
    Duplication,
    EvidenceEntry,
    OfferEnd,
)
from domain.orders.model import CommentVisibility, CompletionRule, RejectionCause


def offer_ends_at(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """The end of the last valid day: local midnight after it, in the operator's zone."""
    if order.offer_valid_until is None:
        return None
    return context.calendar.end_of(order.offer_valid_until)


def membership_is_active(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if order.member_is_active else guard_failed("membership_not_active")


def project_is_named(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if order.project else guard_failed("project_missing")


def customer_and_contact_are_chosen(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if order.customer_id and order.contact_id else guard_failed("customer_missing")


def customer_is_chosen(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if order.customer_id else guard_failed("customer_not_chosen")


def billing_plan_is_complete(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    if order.planned == 0:
        return guard_failed("billing_plan_empty")
    if order.completion_rule is CompletionRule.ON_ACCEPTANCE:
        return None if order.planned == 1 else guard_failed("one_planned_invoice_only")
    return None if order.planned_undated == 0 else guard_failed("planned_invoice_without_date")


def planned_invoices_are_not_negative(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    """Each planned invoice becomes one invoice, and none is issued below zero."""
    return guard_failed("planned_invoice_below_zero") if order.planned_negative else None


def service_period_is_set(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    if order.service_from is None or order.service_to is None:
        return guard_failed("service_period_missing")
    return None


def offer_has_end(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    if order.skip_confirmation or order.offer_valid_until:
        return None
    return guard_failed("offer_end_missing")


def offer_can_be_answered(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    ends_at = offer_ends_at(order, context)
    if order.skip_confirmation or ends_at is None or context.now < ends_at:
        return None
    return guard_failed("offer_end_is_past", valid_until=order.offer_valid_until)


def contact_has_email(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if order.contact_email else guard_failed("contact_without_email")


def offer_is_open(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    """The offer is open until the end of its last valid day by the clock, whether any worker runs or not."""
    ends_at = offer_ends_at(order, context)
    if ends_at is not None and context.now >= ends_at:
        return deadline_passed("offer_has_ended", ends_at)
    return None


def offer_has_ended(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if offer_is_open(order, context) else guard_failed("offer_still_open")


def offer_expired(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    """Explain to a late customer why the order can no longer be answered."""
    ends_at = offer_ends_at(order, context)
    if order.rejection_cause is RejectionCause.OFFER_EXPIRED and ends_at is not None:
        return deadline_passed("offer_has_ended", ends_at)
    return None


def seen_revision_is_current(
    order: OrderFacts, confirmation: Confirmation, context: EvaluationContext
) -> Refusal | None:
    if confirmation.revision != order.offer_revision:
        return guard_failed("offer_was_revised", current=order.offer_revision)
    return None


def new_end_is_after_today(order: OrderFacts, end: OfferEnd, context: EvaluationContext) -> Refusal | None:
    if end.valid_until <= context.today:
        return invalid("offer_end_not_later_than_today", "valid_until")
    return None


def completion_rule_holds(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    due = completion_due(order, context)
    if due is None or due > context.now:
        return guard_failed("completion_rule_does_not_hold")
    return None


def completion_due(order: OrderFacts, context: EvaluationContext) -> datetime | None:
    """The instant at which the completion rule first holds; nothing while acceptances or planned invoices are missing.

    FULLY_INVOICED: the service period is over, required deliveries are accepted, every planned or proposed invoice is
    settled.
    ON_ACCEPTANCE: the last delivery that had to be accepted completes the order.
    """
    if order.deliveries_still_required or order.activated_at is None:
        return None
    if order.completion_rule is CompletionRule.ON_ACCEPTANCE:
        return order.last_accepted_at
    if order.planned_unsettled or order.proposed_unsettled or order.service_to is None:
        return None
    return max(context.calendar.end_of(order.service_to), order.activated_at)


def order_is_not_archived(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    """An archived order is not offered, because its customer would not see it."""
    return guard_failed("order_is_archived") if order.archived_at else None


def is_not_archived(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("already_archived") if order.archived_at else None


def is_archived(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return None if order.archived_at else guard_failed("not_archived")


def no_delivery_awaits_customer(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("delivery_awaits_review") if order.deliveries_delivered else None


def no_supplement_awaits_customer(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("supplement_awaits_answer") if order.supplement_valid_until else None


def readers_are_allowed(order: OrderFacts, comment: CommentText, context: EvaluationContext) -> Refusal | None:
    """Customers write to everyone involved; a member writes no comment that only the operator's employees read."""
    allowed = {
        "CUSTOMER": {CommentVisibility.CUSTOMER},
        "MEMBER": {CommentVisibility.MEMBER, CommentVisibility.CUSTOMER},
    }.get(context.actor.role, set(CommentVisibility))
    return None if comment.visibility in allowed else invalid("readers_not_yours_to_choose", "visibility")


def period_ends_after_start(order: OrderFacts | None, draft: DraftFacts, context: EvaluationContext) -> Refusal | None:
    """The period as it would be: an amendment may give one of its days and leave the other as it is."""
    first, last = (amended_value(draft, name, getattr(order, name, None)) for name in ("service_from", "service_to"))
    if first and last and last < first:
        return invalid("period_ends_before_it_starts", "service_to")
    return None


def dates_can_be_counted(order: OrderFacts, copy: Duplication, context: EvaluationContext) -> Refusal | None:
    """Without a first day of its own, an order has no distance to another one."""
    is_counted = copy.starts_on is None or order.service_from is not None
    return None if is_counted else invalid("nothing_to_count_dates_from", "starts_on")


def assignees_are_distinct(order: OrderFacts, assignees: Assignees, context: EvaluationContext) -> Refusal | None:
    if len(set(assignees.account_ids)) != len(assignees.account_ids):
        return invalid("named_twice", "account_ids")
    return None


def evidence_is_link_or_file(order: OrderFacts, evidence: EvidenceEntry, context: EvaluationContext) -> Refusal | None:
    return _unfit_evidence(evidence)


def all_evidence_is_link_or_file(order: OrderFacts | None, draft: Draft, context: EvaluationContext) -> Refusal | None:
    found = (_unfit_evidence(each, "evidence", str(row)) for row, each in enumerate(draft.evidence))
    return next(filter(None, found), None)


def _unfit_evidence(evidence: EvidenceEntry, *path: str) -> Refusal | None:
    link = (evidence.link or "").strip()
    is_fit = is_web_address(link) if link else bool(evidence.file_ids)
    return None if is_fit else invalid("link_must_be_http", *path, "link")
