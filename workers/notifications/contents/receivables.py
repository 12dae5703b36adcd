"""Contents of messages about a receivable: what a customer owes of an invoice."""

from workers.notifications.contents.message import (
    Data,
    MessageContents,
    MessageContext,
    Placeholders,
    parse_date,
    value_at,
)
from workers.notifications.contents.reminders import OWN_TEXT, reminder_contents

FACTS = {
    "customer": ("invoice_number", "amount", "paid", "remaining", "due_on"),
    "member": ("invoice_number", "customer", "amount", "paid", "remaining", "due_on"),
    "operator": ("invoice_number", "customer", "member", "amount", "paid", "remaining", "due_on"),
}


def receivable_contents(receivable: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a receivable; only finance is led to its own page."""
    if OWN_TEXT in receivable:
        return reminder_contents(receivable, _placeholders(receivable), context)
    is_operator = context.audience == "operator"
    path = f"/receivables/{receivable['id']}" if is_operator else f"/invoices/{receivable['invoice']['id']}"
    return MessageContents(placeholders=_placeholders(receivable), facts=FACTS[context.audience], path=path)


def _placeholders(receivable: Data) -> Placeholders:
    return {
        "title": receivable["invoiceNumber"],
        "invoice_number": receivable["invoiceNumber"],
        "customer": value_at(receivable, "customer", "legalName"),
        "member": value_at(receivable, "invoice", "member", "name"),
        "amount": receivable["amount"]["formatted"],
        "paid": receivable["paid"]["formatted"],
        "remaining": receivable["remaining"]["formatted"],
        "due_on": parse_date(receivable["dueOn"]),
        "dispute_reason": receivable["disputeReason"],
        "write_off_reason": receivable.get("writeOffReason"),
        "note": receivable["disputeResolution"],
    }
