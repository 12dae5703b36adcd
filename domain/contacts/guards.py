"""Claims that must hold before a move of a contact."""

from typing import Any

from domain.contacts.facts import ContactFacts
from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind, Role
from domain.kernel.amendments import ABSENT
from domain.kernel.email_addresses import to_ascii
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.languages import LANGUAGES
from domain.parties.model import ContactState


def another_contact_remains(contact: ContactFacts, context: EvaluationContext) -> Refusal | None:
    return None if contact.others else guard_failed("last_contact")


def nothing_waits_for_them(contact: ContactFacts, context: EvaluationContext) -> Refusal | None:
    """An offer or a review that waits is named to those who see its order."""
    if not contact.waiting_orders:
        return None
    numbers = _named_to(contact, context)
    return guard_failed("contact_is_waited_for", numbers=numbers) if numbers else guard_failed("contact_is_busy")


def is_removed_or_alone(contact: ContactFacts, context: EvaluationContext) -> Refusal | None:
    """The last contact of a customer cannot be removed, and is erased as it is, like those of an erased account."""
    if contact.status is ContactState.REMOVED or context.actor.role is Role.CLOCK:
        return None
    return guard_failed("remove_contact_first") if contact.others else None


def no_order_runs(contact: ContactFacts, context: EvaluationContext) -> Refusal | None:
    numbers = contact.running_orders
    return guard_failed("contact_has_running_orders", numbers=numbers) if numbers else None


def no_invoice_is_open(contact: ContactFacts, context: EvaluationContext) -> Refusal | None:
    """An invoice that is not issued yet needs the name and address of a consumer."""
    return guard_failed("contact_has_open_invoices") if contact.unissued_invoices else None


def email_is_well_formed(contact: ContactFacts, amendment: Any, context: EvaluationContext) -> Refusal | None:
    given = amendment.email
    return None if given in (ABSENT, None) or to_ascii(given.strip()) else invalid("email_malformed", "email")


def language_is_known(contact: ContactFacts, amendment: Any, context: EvaluationContext) -> Refusal | None:
    given = amendment.language
    return None if given in (ABSENT, None) or given in LANGUAGES else invalid("language_unknown", "language")


def _named_to(contact: ContactFacts, context: EvaluationContext) -> tuple[str, ...]:
    actor = context.actor
    if actor.kind is ActorKind.STAFF_ASSIGNED:
        return ()
    if actor.role is not Role.MEMBER:
        return contact.waiting_orders
    pairs = zip(contact.waiting_orders, contact.waiting_members, strict=True)
    return tuple(number for number, member_id in pairs if member_id == actor.member_id)
