"""Claims that must hold for what is entered about customers and contacts."""

import re
from typing import Any

from babel import Locale

from domain.core.errors import Refusal, invalid
from domain.core.languages import LANGUAGES
from domain.core.mail_addresses import in_ascii
from domain.core.moment import Moment
from domain.parties.takes import ContactEntry, CustomerEntry, NewCustomer

VAT_ID = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())


def the_country_exists(customer: Any, entry: CustomerEntry, moment: Moment) -> Refusal | None:
    return None if entry.country in COUNTRIES else invalid("country_unknown", "country")


def the_vat_id_is_well_formed(customer: Any, entry: CustomerEntry, moment: Moment) -> Refusal | None:
    if entry.vat_id is None or VAT_ID.fullmatch(entry.vat_id):
        return None
    return invalid("vat_id_malformed", "vat_id")


def the_invoice_address_is_well_formed(customer: Any, entry: CustomerEntry, moment: Moment) -> Refusal | None:
    return None if in_ascii(entry.invoice_email.strip()) else invalid("email_malformed", "invoice_email")


def the_contact_is_well_formed(customer: Any, entry: ContactEntry, moment: Moment) -> Refusal | None:
    return _flaw(entry, ())


def its_contact_is_well_formed(customer: Any, entry: NewCustomer, moment: Moment) -> Refusal | None:
    return _flaw(entry.contact, ("contact",))


def _flaw(contact: ContactEntry, path: tuple[str, ...]) -> Refusal | None:
    if not in_ascii(contact.email.strip()):
        return invalid("email_malformed", *path, "email")
    return None if contact.language in LANGUAGES else invalid("language_unknown", *path, "language")
