"""Payment of a document: means, account and terms, or that nothing has to be paid."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.billing.e_invoices import e_invoice
from domain.billing.e_invoices.e_invoice import Payment
from domain.billing.e_invoices.parties import language_of, seller_name
from domain.billing.model import InvoiceKind
from domain.kernel import i18n

Snapshot = Mapping[str, Any]
EURO = "EUR"


def payment_of(snapshot: Snapshot) -> Payment:
    """Means and terms: a transfer, or none where nothing is due or the amount is set off against the original."""
    seller = snapshot["seller"]
    if snapshot["kind"] == InvoiceKind.CANCELLATION:
        return Payment(means=e_invoice.CLEARING, terms=payment_terms(snapshot))
    if not asks_for_payment(snapshot) or not seller["iban"]:
        return Payment(means=e_invoice.SETTLED_OTHERWISE, terms=payment_terms(snapshot))
    return Payment(
        means=e_invoice.SEPA_TRANSFER if snapshot["currency"] == EURO else e_invoice.CREDIT_TRANSFER,
        terms=payment_terms(snapshot),
        iban=seller["iban"].replace(" ", ""),
        bic=(seller.get("bic") or "").replace(" ", ""),
        account_name=seller_name(snapshot),
    )


def asks_for_payment(snapshot: Snapshot) -> bool:
    """Whether the customer has to pay: not of a cancellation invoice, nor of one of zero."""
    return bool(snapshot["kind"] == InvoiceKind.INVOICE and snapshot["gross_cents"] > 0)


def payment_terms(snapshot: Snapshot) -> str:
    """The terms of payment in words (BT-20)."""
    language = language_of(snapshot)
    if snapshot["kind"] == InvoiceKind.CANCELLATION:
        return i18n.translate(language, "document.terms.set_off", number=snapshot["reverses"]["number"])
    if not asks_for_payment(snapshot):
        return i18n.translate(language, "document.terms.nothing_due")
    return i18n.translate(language, "document.terms.due", due_on=date.fromisoformat(snapshot["due_on"]))
