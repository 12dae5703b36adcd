"""Records about a contact that are kept when the contact is erased."""

from dataclasses import dataclass
from datetime import date

from domain.access.scoped_table import ScopedTable
from domain.engine.facts import fact
from domain.parties.scope import MANAGED_CONTACTS_SCOPE
from domain.personal_data.kept_records import Kept, kept
from domain.retention.periods import KeptRecord

CONFIRMED = "FROM orders o WHERE o.contact_id = {t}.id AND o.confirmed_at IS NOT NULL"
INVOICED = """FROM invoices i JOIN customers c ON c.id = i.customer_id
    WHERE c.id = {t}.customer_id AND c.kind = 'CONSUMER' AND i.number IS NOT NULL"""
LETTERS = "FROM outbox m WHERE m.contact_id = {t}.id AND m.sent_at IS NOT NULL"
EVENTS = """FROM events e WHERE e.subject_kind = 'contact' AND e.subject_id = {t}.id
    OR e.link_id = ANY(ARRAY(SELECT l.id FROM links l WHERE l.contact_id = {t}.id))"""


@dataclass(frozen=True)
class ContactRecords:
    """How many records of each kind there are, and when the last one was made."""

    confirmations: int = fact(f"(SELECT count(*) {CONFIRMED})")
    confirmed_on: date | None = fact(f"(SELECT max(o.confirmed_at)::date {CONFIRMED})")
    invoices: int = fact(f"(SELECT count(*) {INVOICED})")
    invoiced_on: date | None = fact(f"(SELECT max(i.issued_on) {INVOICED})")
    invoice_years: int = fact("(SELECT s.invoice_retention_years FROM operator_settings s)")
    letters: int = fact(f"(SELECT count(*) {LETTERS})")
    last_letter_on: date | None = fact(f"(SELECT max(m.sent_at)::date {LETTERS})")
    events: int = fact(f"(SELECT count(*) {EVENTS})")
    last_event_on: date | None = fact(f"(SELECT max(e.at)::date {EVENTS})")


@dataclass(frozen=True)
class RecordsOfContact:
    """The facts and their table, as `read_facts` takes them."""

    facts: type = ContactRecords
    scope: ScopedTable = MANAGED_CONTACTS_SCOPE


def kept_records(records: ContactRecords) -> list[Kept]:
    """What is kept of a contact, and until when."""
    return [
        *kept(KeptRecord.CONFIRMATIONS, records.confirmations, records.confirmed_on),
        *kept(KeptRecord.LETTERS, records.letters, records.last_letter_on),
        *kept(KeptRecord.INVOICES, records.invoices, records.invoiced_on, at_least_years=records.invoice_years),
        *kept(KeptRecord.HISTORY, records.events, records.last_event_on),
    ]
