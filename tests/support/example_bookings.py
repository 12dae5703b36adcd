"""Example inputs of moves about money that name other rows: payments, transfers, cancellations, lines anew."""

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.bank import inputs as of_bank
from domain.billing import inputs as of_billing
from domain.billing.model import InvoiceItem
from domain.claims import inputs as of_claims
from domain.claims.model import ClaimStatus, PaymentFileStatus
from domain.kernel.ids import new_id
from domain.receivables import inputs as of_receivables
from domain.receivables.model import Receivable, ReceivableEntry
from tests.makers.bank_files import a_transaction
from tests.makers.claims import MEMBER_IBAN, a_claim, a_payment_file_in

REASON = "A sentence that is long enough for any rule."


async def _booking(facts: Any) -> of_bank.Booking:
    owed = await Receivable.filter(currency=facts.currency).first()
    amount = Decimal(abs(facts.amount_cents)) / 100
    share = of_bank.ShareInput(receivable_id=owed.id if owed else new_id(), amount=amount)
    return of_bank.Booking(shares=(share,))


async def _transfer(facts: Any) -> of_receivables.Transfer:
    _, _, transaction = await a_transaction()
    return of_receivables.Transfer(
        bank_transaction_id=transaction.id, amount_cents=1, received_on=date(2026, 4, 1), note="", entered_by_id=None
    )


async def _first_payment(facts: Any) -> UUID:
    payment: Any = await ReceivableEntry.filter(receivable_id=facts.id).first()
    found: UUID = payment.id if payment else new_id()
    return found


async def _transfer_reversal(facts: Any) -> of_receivables.TransferReversal:
    return of_receivables.TransferReversal(entry_id=await _first_payment(facts), reason=REASON, entered_by_id=None)


async def _payment_reversal(facts: Any) -> of_receivables.PaymentReversal:
    return of_receivables.PaymentReversal(entry_id=await _first_payment(facts), reason=REASON)


async def _cancellation(facts: Any) -> of_receivables.CancellationDocument:
    return of_receivables.CancellationDocument(document_id=facts.invoice_id, amount_cents=0, number="ST-1")


async def _in_payment(facts: Any) -> of_claims.InPayment:
    _, file = await a_payment_file_in(PaymentFileStatus.CREATED)
    return of_claims.InPayment(payment_file_id=file.id, payee_name="Mara Member", payee_iban=MEMBER_IBAN)


async def _payment_file(facts: Any) -> of_claims.PaymentFileInput:
    _, claim = await a_claim(ClaimStatus.APPROVED)
    return of_claims.PaymentFileInput(claim_ids=(claim.id,), execute_on=date(2036, 1, 1))


async def _rebilled(facts: Any) -> of_billing.RebilledItem:
    item = await InvoiceItem.filter(invoice_id=facts.id).first()
    return of_billing.RebilledItem(item_id=item.id if item else new_id(), net_cents=10_000)


BOOKINGS: dict[type, Callable[[Any], Awaitable[Any]]] = {
    of_bank.Booking: _booking,
    of_claims.InPayment: _in_payment,
    of_claims.PaymentFileInput: _payment_file,
    of_receivables.Transfer: _transfer,
    of_receivables.TransferReversal: _transfer_reversal,
    of_receivables.PaymentReversal: _payment_reversal,
    of_receivables.CancellationDocument: _cancellation,
    of_billing.RebilledItem: _rebilled,
}
