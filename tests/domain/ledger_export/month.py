"""One month of a firm, whose postings tests compare with files and with sums computed by hand."""

from datetime import date
from decimal import Decimal

from domain.billing.inputs import Reversal, ReversedItem, Sending
from domain.billing.model import Invoice, InvoiceKind, InvoiceStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.money import VatCategory
from domain.operator.model import OperatorSettings
from domain.receivables.inputs import PaymentReversal, Refund, WriteOff
from domain.receivables.model import Receivable
from tests.makers.billing import WAY, Billed, a_manual_line, compose, the_operator
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE, a_customer, a_member
from tests.makers.receivables import Owed
from tests.makers.time import berlin, the_clock_shows


async def a_month() -> None:
    """April: two invoices, of which one has two rates; payments, a refund, a cancellation in part and a write-off.

    RE-2026-00001 asks for 500.00 at 19 % and 100.00 at 7 % (702.00 gross), is paid with 352.00 after a payment that
    is taken back, loses 53.50 (half of what has 7 %), and of the rest 296.50 is given up. RE-2026-00002 asks for
    1190.00 and is paid with 1200.00, of which 10.00 go back.
    """
    await the_operator(write_off_limit_euros=1_000)
    first = await posted("Müller & Söhne GmbH", ("500.00", VatCategory.STANDARD), ("100.00", VatCategory.REDUCED))
    second = await posted("=Łódź Sp. z o.o.", ("1000.00", VatCategory.STANDARD))
    await the_clock_shows(berlin(2026, 4, 20, 10))
    await first.pay("100.00", on=date(2026, 4, 10))
    await first.pay("352.00", on=date(2026, 4, 12))
    (mistake, _) = await first.entries()
    await first.move("reversePayment", PaymentReversal(entry_id=mistake.id, reason="Other invoice."))
    await second.pay("1200.00", on=date(2026, 4, 15))
    await second.move("refund", Refund(amount=Decimal("10.00"), refunded_on=date(2026, 4, 18)))
    reduced = next(item for item in await first.billed.items() if item.vat_category is VatCategory.REDUCED)
    half = ReversedItem(item_id=reduced.id, net=Decimal("50.00"))
    await first.billed.move("reverse", takes=Reversal(reason="Half a day.", items=(half,)))
    await post_cancellations()
    await first.move("writeOff", WriteOff(reason="Insolvent."))


async def posted(customer: str, *lines: tuple[str, VatCategory]) -> Owed:
    """The receivable of a posted invoice of these lines."""
    member, buyer = await a_member(), await a_customer(customer)
    entered = [
        await a_manual_line(net, member=member, customer=buyer, vat_category=category) for net, category in lines
    ]
    billed = Billed(await compose(*(line.id for line in entered)), await an_order())
    for step in WAY[InvoiceStatus.POSTED]:
        await billed.move(step, takes=Sending(reason="by post") if step == "recordSending" else None)
    return Owed(await Receivable.get(invoice_id=billed.invoice.id), billed)


async def post_cancellations() -> None:
    """Post every cancellation invoice that is issued."""
    for invoice in await Invoice.filter(kind=InvoiceKind.CANCELLATION, status=InvoiceStatus.PRINTED):
        for step, takes in (("recordSending", Sending(reason="by post")), ("post", None)):
            await execute(Command(noun="invoice", move=step, subject_id=invoice.id, input=takes), FINANCE)


async def known_to_consultant(**more: object) -> None:
    """The operator with its numbers at the tax consultant."""
    await OperatorSettings.all().update(ledger_consultant=29_098, ledger_client=55_003, **more)
