"""Records about a contact that are kept when the contact is erased."""

from dataclasses import dataclass

from domain.access.scoped_table import ScopedTable
from domain.engine.facts import fact
from domain.parties.scope import MANAGED_CONTACTS_SCOPE
from domain.personal_data.kept_records import Found, Kept, found, kept
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

    confirmations: Found = fact(found(CONFIRMED, "o.confirmed_at"))
    invoices: Found = fact(found(INVOICED, "i.issued_on"))
    invoice_years: int = fact("(SELECT s.invoice_retention_years FROM operator_settings s)")
    letters: Found = fact(found(LETTERS, "m.sent_at"))
    events: Found = fact(found(EVENTS, "e.at"))


@dataclass(frozen=True)
class RecordsOfContact:
    """The facts and their table, as `read_facts` takes them."""

    facts: type = ContactRecords
    scope: ScopedTable = MANAGED_CONTACTS_SCOPE


def kept_records(records: ContactRecords) -> list[Kept]:
    """What is kept of a contact, and until when."""
    return [
        *kept(KeptRecord.CONFIRMATIONS, records.confirmations),
        *kept(KeptRecord.LETTERS, records.letters),
        *kept(KeptRecord.INVOICES, records.invoices, at_least_years=records.invoice_years),
        *kept(KeptRecord.HISTORY, records.events),
    ]
