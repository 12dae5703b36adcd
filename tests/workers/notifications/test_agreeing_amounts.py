"""Row, PDF, electronic invoice and mail of one invoice say the same amounts, and so do those of its cancellation."""

import io
from decimal import Decimal
from email.message import EmailMessage
from typing import Any

import pikepdf
import pytest
from lxml import etree
from pypdf import PdfReader

from domain.billing.inputs import Reversal, ReversedItem
from domain.billing.model import Invoice, InvoiceItem
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.money import VatCategory, formatted
from settings import Settings
from tests.makers.billing import a_manual_line, compose, print_now, the_operator
from tests.makers.parties import FINANCE, a_customer, a_member
from tests.makers.time import berlin
from tests.support.inbox import Inbox
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

SUMS = "//*[local-name()='SpecifiedTradeSettlementHeaderMonetarySummation']/*[local-name()='{}']/text()"
NAMES = ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount")


async def an_issued_invoice() -> Any:
    """Two rates and a discount: 94.44 at 19 % and 2.45 at 7 %, with sums that single lines would not round to."""
    member, customer = await a_member(), await a_customer()
    lines = [
        await a_manual_line("33.33", member=member, customer=customer, quantity=Decimal(3)),
        await a_manual_line(
            "0.35", member=member, customer=customer, quantity=Decimal(7), vat_category=VatCategory.REDUCED
        ),
        await a_manual_line("-5.55", member=member, customer=customer),
    ]
    return await print_now(await compose(*(line.id for line in lines)))


async def a_part_of_it_reversed(invoice: Any) -> Any:
    first = await InvoiceItem.filter(invoice_id=invoice.id).order_by("position").first()
    assert first is not None
    part = Reversal(reason="Too much.", items=(ReversedItem(item_id=first.id, net=Decimal("31.11")),))
    command = Command(noun="invoice", move="reverse", subject_id=invoice.id, input=part)
    return await Invoice.get(id=(await execute(command, FINANCE)).subject_id)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u2212", "-")


def texts_of(mail: EmailMessage) -> tuple[str, str, tuple[Decimal, ...]]:
    """The mail's text, the text of its PDF, and the sums of the electronic invoice within."""
    body = mail.get_body(("plain",))
    (attached,) = mail.iter_attachments()
    content = attached.get_payload(decode=True)
    assert body is not None
    assert isinstance(content, bytes)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = etree.fromstring(pdf.attachments["factur-x.xml"].get_file().read_bytes())
    sums = tuple(Decimal(str(tree.xpath(SUMS.format(name))[0])) for name in NAMES)
    return plain(body.get_content()), plain(text), sums


async def test_all_that_an_invoice_says_agrees_to_the_cent(settings: Settings, smtp: Inbox, pools: None) -> None:
    await the_operator()
    invoice = await an_issued_invoice()
    reversal = await a_part_of_it_reversed(invoice)

    await Dispatcher(settings).send_waiting()

    mails = {str(mail["Subject"]).split()[1]: mail for mail in smtp.mails_to("rechnung@kunde.example")}
    assert (invoice.net_cents, invoice.vat_cents) == (9_689, 1_811)
    assert (reversal.net_cents, reversal.vat_cents) == (-3_111, -591)
    for document, sign in ((invoice, 1), (reversal, -1)):
        mail, pdf, xml = texts_of(mails[document.number])
        cents = (document.net_cents, document.vat_cents, document.net_cents + document.vat_cents)
        assert tuple(int(amount * 100 * sign) for amount in xml) == cents
        for net_or_gross in (cents[0], cents[2]):
            amount = plain(formatted(net_or_gross, "EUR", "de"))
            assert amount in mail
            assert amount in pdf
        for group in document.snapshot["vat_groups"]:
            tax = plain(formatted(group["vat_cents"], "EUR", "de"))
            assert tax in mail
            assert tax in pdf
        assert sum(group["vat_cents"] for group in document.snapshot["vat_groups"]) == document.vat_cents
