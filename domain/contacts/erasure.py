"""Erasure of a contact (article 17 GDPR): nothing personal is left but what the law keeps, which the event names."""

from typing import Any

from domain.contacts.kept_records import RecordsOfContact, kept_records
from domain.database.audit import audit
from domain.engine.facts import read_facts
from domain.engine.transition import TransitionContext
from domain.kernel.i18n import translate
from domain.parties.model import StatusMails
from domain.personal_data.kept_records import as_values

# A comment is its author's where the event of the same instant was made by the contact.
RENAME_COMMENTS = """UPDATE comments c SET author_name = $2 FROM events e
    WHERE e.name = 'order.comment' AND e.order_id = c.order_id AND e.at = c.created_at AND c.author_role = 'CUSTOMER'
        AND e.link_id IN (SELECT l.id FROM links l WHERE l.contact_id = $1)"""
DROP_MAILS = """UPDATE outbox SET state = CASE state WHEN 'SENT' THEN 'SENT' ELSE 'DROPPED' END, last_error = NULL
    WHERE contact_id = $1"""
DELETE_LINKS = "DELETE FROM links WHERE contact_id = $1"
NO_LONGER_DEFAULT = """UPDATE customers c SET default_contact_id = (SELECT k.id FROM contacts k
        WHERE k.customer_id = c.id AND k.status = 'KNOWN' AND k.id <> $1 ORDER BY k.id LIMIT 1)
    WHERE c.default_contact_id = $1"""
# A consumer is the person: with the last contact the customer's own facts go.
ERASE_CONSUMER = """UPDATE customers c SET legal_name = $2, street = '', postcode = '', city = '', vat_id = NULL,
        invoice_email = '', electronic_address = '', buyer_reference = '', version = c.version + 1
    WHERE c.id = $1 AND c.kind = 'CONSUMER'
        AND NOT EXISTS (SELECT 1 FROM contacts k WHERE k.customer_id = c.id AND k.status = 'KNOWN' AND k.id <> $3)"""


async def erase(move: TransitionContext) -> None:
    """Replace the name, empty the address, and delete links and choices; what is kept is named in event and audit."""
    contact, name = move.row, translate(move.row.language, "erased.name")
    records = kept_records(await read_facts(move.connection, RecordsOfContact(), contact.id))
    move.event_body["kept"] = as_values(records)
    await _run(move, RENAME_COMMENTS, contact.id, name)
    await _run(move, DROP_MAILS, contact.id)
    await _run(move, DELETE_LINKS, contact.id)
    await _run(move, NO_LONGER_DEFAULT, contact.id)
    await _run(move, ERASE_CONSUMER, contact.customer_id, name, contact.id)
    contact.name, contact.email, contact.account_id = name, None, None
    contact.status_mails = StatusMails.NONE
    detail = {"contact": contact.id, "by": move.context.actor.name, "kept": move.event_body["kept"]}
    await audit(move.connection, "contact.erase", move.context.actor.account_id, detail)


async def _run(move: TransitionContext, statement: str, *values: Any) -> None:
    await move.connection.execute_query(statement, [*values])
