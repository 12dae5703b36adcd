"""Mails about further invoices: each names project and number, and asks or tells one thing."""

from datetime import date
from email.message import EmailMessage

import pytest

from domain.access.mailed_links import KEY_PURPOSE, read_token
from domain.access.model import Link, LinkPurpose
from domain.kernel.actors import Role
from domain.operator.model import OperatorSettings
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact, CustomerKind
from domain.supplements.model import SupplementStatus
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.billing import move_line
from tests.makers.deliveries import an_active_order
from tests.makers.supplements import REASON, a_supplement, propose
from tests.makers.time import berlin
from tests.support.inbox import Inbox
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

CUSTOMER = "kim@kunde.example"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content()).replace("\r\n", "\n")


def link_in(text: str, settings: Settings) -> str:
    (line,) = [each for each in text.split() if each.startswith(f"{settings.base_url}/l/")]
    return line.removeprefix(f"{settings.base_url}/l/")


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("de", "Bitte antworten Sie bis 15. April 2026: weitere Rechnung zu", "Ohne Antwort wird nichts weiter"),
        ("en", "Please answer by 15 April 2026: further invoice for", "Without an answer nothing more is charged"),
    ],
)
async def test_the_customer_is_asked_in_their_language_by_a_link_of_its_own(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings, language: str, subject: str, sentence: str
) -> None:
    around = await an_active_order()
    await Contact.filter(customer_id=around.customer.id).update(language=language)
    case = await a_supplement(around=around)

    await dispatcher.send_waiting()

    mail = smtp.mails_to(CUSTOMER)[-1]
    text = text_of(mail)
    assert str(mail["Subject"]).startswith(f"{subject} {around.order.number} ")
    assert "Projekt ABC" in str(mail["Subject"])
    assert sentence in " ".join(text.split())
    assert ("297,50" if language == "de" else "297.50") in text
    named = read_token(link_in(text, settings), settings.key(KEY_PURPOSE))
    link = await Link.get(supplement_id=case.supplement.id)
    assert named == (link.id, LinkPurpose.SUPPLEMENT)


async def test_an_answered_supplement_is_not_asked_about_any_more(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await a_supplement(SupplementStatus.DECLINED)

    await dispatcher.send_waiting()

    message = await OutboxMessage.get(name="supplement.offer")
    assert message.state is MessageState.DROPPED
    assert not [mail for mail in smtp.mails_to(CUSTOMER) if "further" in str(mail["Subject"]).lower()]


async def test_finance_reads_who_proposes_what_and_the_member_why_not(dispatcher: Dispatcher, smtp: Inbox) -> None:
    finance = await an_account(Role.FINANCE)
    case = await an_active_order()
    line = await propose(case, invoice_on=date(2026, 5, 20))
    await dispatcher.send_waiting()
    (proposed,) = [mail for mail in smtp.mails_to(finance.email) if case.order.number in str(mail["Subject"])]

    await move_line(line, "cancel", takes=REASON)
    await dispatcher.send_waiting()

    (canceled,) = [mail for mail in smtp.mails_to("member") if "weitere Rechnung" in str(mail["Subject"])]
    assert "Another workshop" in text_of(proposed)
    assert f"/lines/lin_{line.id}" in text_of(proposed)
    assert "Not agreed." in text_of(canceled)
    assert "Projekt ABC" in str(canceled["Subject"])


async def test_a_consumer_reads_the_withdrawal_notice_in_the_confirmation(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await OperatorSettings.all().update(withdrawal_de="Sie können widerrufen.")
    await a_supplement(SupplementStatus.CONFIRMED, kind=CustomerKind.CONSUMER)

    await dispatcher.send_waiting()

    (mail,) = [mail for mail in smtp.mails_to(CUSTOMER) if "Weitere Rechnung" in str(mail["Subject"])]
    assert "Sie können widerrufen." in text_of(mail)
    assert "zahlungspflichtig" in text_of(mail)
