"""Claims that must hold before a move of a member."""

from typing import Any

from domain.engine.context import EvaluationContext
from domain.kernel.amendments import amended_value
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.identifiers import COUNTRIES, compact_iban
from domain.members.facts import MemberFacts
from domain.parties.guards import must_see_all_orders


def employee_sees_all_orders(member: MemberFacts, context: EvaluationContext) -> Refusal | None:
    """An employee who sees assigned orders only must not learn of others by ending a membership."""
    return must_see_all_orders(context)


def creator_sees_all_orders(member: None, entry: Any, context: EvaluationContext) -> Refusal | None:
    return must_see_all_orders(context)


def no_order_is_running(member: MemberFacts, context: EvaluationContext) -> Refusal | None:
    numbers = member.running_orders
    return guard_failed("member_has_orders", numbers=numbers) if numbers else None


def no_delivery_is_open(member: MemberFacts, context: EvaluationContext) -> Refusal | None:
    numbers = member.open_deliveries
    return guard_failed("member_has_deliveries", numbers=numbers) if numbers else None


def no_invoice_is_unissued(member: MemberFacts, context: EvaluationContext) -> Refusal | None:
    numbers = member.unissued_invoices
    return guard_failed("member_has_invoice_drafts", numbers=numbers) if numbers else None


def budget_is_settled(member: MemberFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("member_has_budget") if member.has_budget else None


def details_are_proposed(member: MemberFacts, context: EvaluationContext) -> Refusal | None:
    return None if member.proposed_at else guard_failed("no_details_proposed")


def country_exists(member: MemberFacts, entry: Any, context: EvaluationContext) -> Refusal | None:
    country = amended_value(entry, "country", None)
    return None if country is None or country in COUNTRIES else invalid("country_unknown", "country")


def iban_is_valid(member: MemberFacts, entry: Any, context: EvaluationContext) -> Refusal | None:
    """Country, length and checksum are right; whether the account exists only its bank knows."""
    iban = amended_value(entry, "iban", None)
    return None if not iban or compact_iban(iban) else invalid("iban_invalid", "iban")
