"""Claims that must hold for input about customers and contacts."""

import re
from typing import Any

from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind, Role
from domain.kernel.amendments import amended_value
from domain.kernel.email_addresses import to_ascii
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.identifiers import COUNTRIES, VAT_ID
from domain.kernel.languages import LANGUAGES
from domain.parties.inputs import ContactEntry, NewCustomer
from domain.parties.model import CustomerState

SEPARATORS = re.compile(r"[\s.\-/]")


def session_is_present(customer: Any, context: EvaluationContext) -> Refusal | None:
    """A request with a bearer token has no session that could impersonate."""
    return None if context.actor.session_id else guard_failed("only_in_a_browser")


def all_orders_are_assigned(customer: Any, context: EvaluationContext) -> Refusal | None:
    """An employee who sees assigned orders only must not see others by impersonating their customer."""
    if context.actor.kind is not ActorKind.STAFF_ASSIGNED or context.actor.account_id in customer.overseers:
        return None
    return guard_failed("not_all_orders_assigned")


def must_see_all_orders(context: EvaluationContext) -> Refusal | None:
    """Refuse employees who see assigned orders only; all others pass."""
    return guard_failed("needs_all_orders") if context.actor.kind is ActorKind.STAFF_ASSIGNED else None


def employee_sees_all_orders(customer: Any, context: EvaluationContext) -> Refusal | None:
    return must_see_all_orders(context)


def something_is_to_decide(customer: Any, context: EvaluationContext) -> Refusal | None:
    """A customer waits to be checked, or another one looks like it."""
    if customer.status is CustomerState.PROPOSED or customer.has_possible_duplicate:
        return None
    return guard_failed("nothing_to_decide")


def creator_may_name_member(customer: None, entry: NewCustomer, context: EvaluationContext) -> Refusal | None:
    """Members work with what they enter themselves."""
    if context.actor.role is Role.MEMBER and entry.member_id not in (None, context.actor.member_id):
        return invalid("member_unknown", "member_id")
    return must_see_all_orders(context)


def country_exists(customer: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    country = amended_value(entry, "country", None)
    return None if country is None or country in COUNTRIES else invalid("country_unknown", "country")


def compact_vat_id(text: str | None) -> str | None:
    """The number in capital letters, without what people put between its parts; nothing for an empty text."""
    return SEPARATORS.sub("", text).upper() or None if text else None


def vat_id_is_well_formed(customer: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    vat_id = compact_vat_id(amended_value(entry, "vat_id", None))
    return None if vat_id is None or VAT_ID.fullmatch(vat_id) else invalid("vat_id_malformed", "vat_id")


def invoice_email_is_well_formed(customer: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    email = amended_value(entry, "invoice_email", None)
    return None if email is None or to_ascii(email.strip()) else invalid("email_malformed", "invoice_email")


def electronic_address_is_well_formed(customer: Any, entry: Any, context: EvaluationContext) -> Refusal | None:
    """An address has the form of its scheme; the scheme may stay as it is while the address changes."""
    address = amended_value(entry, "electronic_address", getattr(customer, "electronic_address", "")) or ""
    scheme = amended_value(entry, "electronic_address_scheme", getattr(customer, "electronic_address_scheme", None))
    if not address.strip() or (scheme and scheme.fits(address.strip())):
        return None
    return invalid("electronic_address_malformed", "electronic_address")


def contact_is_well_formed(customer: Any, entry: ContactEntry, context: EvaluationContext) -> Refusal | None:
    return _contact_error(entry, ())


def first_contact_is_well_formed(customer: Any, entry: NewCustomer, context: EvaluationContext) -> Refusal | None:
    return _contact_error(entry.contact, ("contact",))


def _contact_error(contact: ContactEntry, path: tuple[str, ...]) -> Refusal | None:
    if not to_ascii(contact.email.strip()):
        return invalid("email_malformed", *path, "email")
    return None if contact.language in LANGUAGES else invalid("language_unknown", *path, "language")
