"""Claims that must hold for input about customers and contacts."""

import re
from typing import Any

from babel import Locale

from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind
from domain.kernel.email_addresses import to_ascii
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.languages import LANGUAGES
from domain.parties.inputs import ContactEntry, CustomerInput, NewCustomer

VAT_ID = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())


def session_is_present(customer: Any, context: EvaluationContext) -> Refusal | None:
    """A request with a bearer token has no session that could impersonate."""
    return None if context.actor.session_id else guard_failed("only_in_a_browser")


def all_orders_are_assigned(customer: Any, context: EvaluationContext) -> Refusal | None:
    """An employee who sees assigned orders only must not see others by impersonating their customer."""
    if context.actor.kind is not ActorKind.STAFF_ASSIGNED or context.actor.account_id in customer.overseers:
        return None
    return guard_failed("not_all_orders_assigned")


def country_exists(customer: Any, entry: CustomerInput, context: EvaluationContext) -> Refusal | None:
    return None if entry.country in COUNTRIES else invalid("country_unknown", "country")


def vat_id_is_well_formed(customer: Any, entry: CustomerInput, context: EvaluationContext) -> Refusal | None:
    if entry.vat_id is None or VAT_ID.fullmatch(entry.vat_id):
        return None
    return invalid("vat_id_malformed", "vat_id")


def invoice_email_is_well_formed(customer: Any, entry: CustomerInput, context: EvaluationContext) -> Refusal | None:
    return None if to_ascii(entry.invoice_email.strip()) else invalid("email_malformed", "invoice_email")


def contact_is_well_formed(customer: Any, entry: ContactEntry, context: EvaluationContext) -> Refusal | None:
    return _contact_error(entry, ())


def first_contact_is_well_formed(customer: Any, entry: NewCustomer, context: EvaluationContext) -> Refusal | None:
    return _contact_error(entry.contact, ("contact",))


def _contact_error(contact: ContactEntry, path: tuple[str, ...]) -> Refusal | None:
    if not to_ascii(contact.email.strip()):
        return invalid("email_malformed", *path, "email")
    return None if contact.language in LANGUAGES else invalid("language_unknown", *path, "language")
