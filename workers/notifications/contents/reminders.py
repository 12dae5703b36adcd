"""Contents of reminders of unpaid invoices, in the words of the operator or else of the product."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.billing.documents.stored_files import DocumentsNotStored, StoredFile, files_to_send
from domain.files.object_store import ObjectStore
from domain.kernel import i18n
from domain.kernel.identifiers import grouped_iban
from domain.receivables.model import Receivable
from domain.receivables.reminders.waiting_mails import own_text_of_waiting
from workers.notifications.contents.message import (
    Data,
    MessageContents,
    MessageContext,
    Placeholders,
    fill_paragraphs,
    parse_date,
    value_at,
)

OWN_TEXT = "ownText"
FACTS = ("invoice_number", "due_on", "amount", "paid", "charges", "remaining", "bank_account", "reference")
# How long the customer has from the day of a reminder.
DAYS_TO_PAY = timedelta(days=7)


async def with_own_text(data: Data, event_id: UUID | None, language: str) -> Data | None:
    """Return the data of a reminder with the operator's text of it; None once facts have overtaken it."""
    text, shown = await own_text_of_waiting(event_id, language), data["receivable"]
    if text is None or shown is None:
        return None
    return {**data, "receivable": {**shown, OWN_TEXT: text}}


async def copy_of_invoice(store: ObjectStore, receivable_id: UUID) -> Sequence[StoredFile]:
    """Return the invoice as it was sent; nothing where it has no stored file."""
    receivable = await Receivable.get(id=receivable_id)
    if receivable.invoice_id is None:
        return ()
    try:
        return await files_to_send(store, receivable.invoice_id)
    except DocumentsNotStored:
        return ()


def reminder_contents(receivable: Data, placeholders: Placeholders, context: MessageContext) -> MessageContents:
    """Return the contents of the last reminder of a receivable."""
    language, step = context.language, receivable["reminderStep"]
    said = placeholders | _placeholders(receivable)
    text = receivable.get(OWN_TEXT) or i18n.catalogue(language)[f"reminder.{step}.text"].strip()
    subject = i18n.translate(language, f"reminder.{step}.title", zone=context.zone, **said)
    filled = fill_paragraphs(language, text, zone=context.zone, placeholders=said)
    return MessageContents(
        placeholders=said | {"reminder_subject": subject, "reminder_text": "\n\n".join(filled)},
        facts=FACTS,
        path=f"/invoices/{receivable['invoice']['id']}",
    )


def _placeholders(receivable: Data) -> Placeholders:
    reminded_on, due_on = parse_date(receivable["remindedOn"]), parse_date(receivable["dueOn"])
    assert reminded_on is not None
    assert due_on is not None, "what is reminded of was due"
    seller = receivable["invoice"]["seller"] or {}
    account = [seller.get("bankName"), grouped_iban(seller.get("iban") or ""), seller.get("bic")]
    return {
        "customer": value_at(receivable, "invoice", "buyer", "name"),
        "paid": _unless_zero(receivable["paid"]),
        "charges": _unless_zero(receivable["charges"]),
        "days_overdue": (reminded_on - due_on).days,
        "pay_until": reminded_on + DAYS_TO_PAY,
        "bank_account": "\n".join(part for part in account if part) or None,
        "reference": receivable["invoiceNumber"],
    }


def _unless_zero(money: Data) -> str | None:
    formatted: str = money["formatted"]
    return None if money["amount"] == "0.00" else formatted
