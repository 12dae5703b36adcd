"""Mails of reminders: what they say, in whose words, and that facts overtake them."""

from datetime import date
from decimal import Decimal
from email.message import EmailMessage

import pytest

from domain.outbox.model import MessageState, OutboxMessage
from domain.receivables.inputs import Dispute
from domain.receivables.reminders.inputs import ReminderPause
from settings import Settings
from tests.makers.billing import the_operator
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import berlin, time_passes
from tests.support.inbox import Inbox
from workers.notifications.dispatcher import Dispatcher

pytestmark = [pytest.mark.database, pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))]
INVOICES = "rechnung@kunde.example"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content()).replace("\r\n", "\n").replace("\N{NO-BREAK SPACE}", " ")


async def a_reminded_receivable(dispatcher: Dispatcher, smtp: Inbox) -> Owed:
    """A receivable whose first reminder is written and waits to be mailed."""
    owed = await a_receivable()
    await dispatcher.send_waiting()
    smtp.empty()
    await time_passes(berlin(2026, 4, 22, 9))
    return owed


async def test_the_friendly_reminder_says_what_is_due_and_brings_the_invoice(
    dispatcher: Dispatcher, smtp: Inbox
) -> None:
    await the_operator(friendly_reminder_fee=Decimal("2.50"), bank_name="Musterbank")
    owed = await a_reminded_receivable(dispatcher, smtp)

    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to(INVOICES)
    number, text = owed.billed.invoice.number, text_of(mail)
    assert str(mail["Subject"]) == f"Zahlungserinnerung: Rechnung {number}"
    assert "am 15. April 2026 fällig, und es fehlen noch 597,50 €." in text
    assert "bis zum 29. April 2026" in text
    assert "Darin enthalten sind 2,50 € an Gebühren und Zinsen." in text
    assert "DE02 1203 0000 0000 2020 51" in text
    assert [part.get_filename() for part in mail.iter_attachments()] == [f"{number}.pdf"]


async def test_the_operator_s_own_text_takes_the_place_of_ours(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_operator(friendly_reminder_de="Bitte zahlen Sie {remaining}.\n\nDavon Gebühren: {charges}.")
    await a_reminded_receivable(dispatcher, smtp)

    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to(INVOICES)
    assert "Bitte zahlen Sie 595,00 €." in text_of(mail)
    assert "Davon Gebühren" not in text_of(mail)


@pytest.mark.parametrize("fact", ["paid", "disputed", "paused", "a later step"])
async def test_a_reminder_that_facts_have_overtaken_is_not_sent(dispatcher: Dispatcher, smtp: Inbox, fact: str) -> None:
    owed = await a_reminded_receivable(dispatcher, smtp)

    match fact:
        case "paid":
            await owed.pay("595.00", date(2026, 4, 22))
        case "disputed":
            await owed.move("dispute", Dispute(reason="Never ordered."))
        case "paused":
            await owed.move("pauseReminders", ReminderPause(reason="They pay in May.", until=date(2026, 5, 10)))
        case _:
            await time_passes(berlin(2026, 4, 29, 9))
    await dispatcher.send_waiting()

    reminders = await OutboxMessage.filter(name="receivable.remind").order_by("id")
    sent = [str(mail["Subject"]).partition(":")[0] for mail in smtp.mails_to(INVOICES)]
    assert reminders[0].state is MessageState.DROPPED
    assert sent == (["Mahnung"] if fact == "a later step" else [])
