"""The statuses that every seeded demo must show."""

from domain.bank.model import BankTransaction, BankTransactionStatus
from domain.billing.model import BillableLine as Line
from domain.billing.model import Invoice, InvoiceStatus, LineStatus
from domain.claims.model import Claim, ClaimStatus
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.orders.model import Order, OrderStatus
from domain.receivables.model import Receivable, ReceivableStatus


async def shows_every_status() -> None:
    """Everything stands in every status and reminder there is; a bank file is booked in part."""
    assert {order.status for order in await Order.all()} == set(OrderStatus)
    assert {delivery.status for delivery in await Delivery.all()} == set(DeliveryStatus)
    assert {line.status for line in await Line.all()} == set(LineStatus)
    assert {invoice.status for invoice in await Invoice.all()} == set(InvoiceStatus)
    assert {receivable.status for receivable in await Receivable.all()} == set(ReceivableStatus)
    assert {receivable.reminder_step for receivable in await Receivable.all()} == {0, 1, 2, 3}
    assert {claim.status for claim in await Claim.all()} == set(ClaimStatus)
    stated = {transaction.status: transaction for transaction in await BankTransaction.all()}
    assert set(stated) == {BankTransactionStatus.OPEN, BankTransactionStatus.BOOKED}
