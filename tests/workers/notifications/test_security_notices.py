"""Mails about the security of one's own account: said once, in the reader's language, with device and time."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from domain.accounts.authentication.api_tokens import NewToken, create_token
from domain.accounts.second_factors import reset
from domain.kernel.actors import Role
from domain.outbox.model import MessageState, OutboxMessage
from settings import Settings
from tests.makers.accounts import a_customer_account, an_account
from tests.makers.parties import a_customer
from tests.support.inbox import Inbox
from tests.support.second_factors import LAPTOP, an_app, signed_in
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.database


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


async def test_a_new_factor_is_told_with_the_device_it_came_from(dispatcher: Dispatcher, smtp: Inbox) -> None:
    account = await an_account(Role.STAFF)
    await an_app(account)

    assert await dispatcher.send_waiting() == 1

    (mail,) = smtp.mails
    assert mail["subject"] == "An authenticator app was added to your account"
    assert all(words in plain(mail) for words in ("Firefox · Linux", "192.0.2.x", "change your password", "/security"))


async def test_a_customer_reads_of_a_token_in_their_language(dispatcher: Dispatcher, smtp: Inbox) -> None:
    account = await a_customer_account(await a_customer())
    account.language = "de"
    await account.save()
    token = NewToken(name="Auswertung", role=Role.CUSTOMER, lifetime=timedelta(days=30))
    await create_token(await signed_in(account), token, LAPTOP)

    await dispatcher.send_waiting()

    (mail,) = smtp.mails
    assert mail["subject"] == "Für Ihr Konto wurde ein Zugangstoken erstellt"
    assert "„Auswertung“" in plain(mail)


async def test_a_reset_is_told_to_its_owner_and_not_to_the_administrator(dispatcher: Dispatcher, smtp: Inbox) -> None:
    account, administrator = await an_account(Role.STAFF), await an_account(Role.ADMIN)
    await an_app(account)
    await OutboxMessage.all().update(state=MessageState.SENT)

    await reset.reset_second_factors(await signed_in(administrator), account.id, LAPTOP)
    await dispatcher.send_waiting()

    assert [(mail["to"], mail["subject"]) for mail in smtp.mails] == [
        (f"{account.name} <{account.email}>", "Your second factors were reset")
    ]


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text
