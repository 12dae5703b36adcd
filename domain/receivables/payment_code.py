"""The GiroCode (EPC069-12) of what remains of an invoice, which banking apps read."""

from dataclasses import dataclass
from decimal import Decimal

from domain.billing.documents.pdf.payment_code import transfer_code
from domain.engine.facts import fact
from domain.receivables.balance import OWED

EURO = "EUR"
# The highest amount of a GiroCode.
MAX_CENTS = 99_999_999_999


def _of_seller(name: str) -> str:
    return f"(SELECT i.snapshot -> 'seller' ->> '{name}' FROM invoices i WHERE i.id = {{t}}.invoice_id)"


@dataclass(frozen=True)
class PaymentCodeFacts:
    """What is owed, and the account that its invoice names."""

    owed_cents: int = fact(OWED)
    currency: str = fact("{t}.currency")
    number: str | None = fact("(SELECT i.number FROM invoices i WHERE i.id = {t}.invoice_id)")
    account_name: str | None = fact(_of_seller("name_de"))
    iban: str | None = fact(_of_seller("iban"))
    bic: str | None = fact(_of_seller("bic"))


def remaining_payment_code(owed: PaymentCodeFacts) -> str | None:
    """The code as an SVG image; None unless euros are owed to a known account."""
    if owed.currency != EURO or not 0 < owed.owed_cents <= MAX_CENTS or not owed.iban:
        return None
    return transfer_code(
        name=owed.account_name or "",
        iban=owed.iban,
        bic=owed.bic or "",
        amount=Decimal(owed.owed_cents).scaleb(-2),
        text=owed.number or "",
    )
