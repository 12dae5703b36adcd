"""Results are kept once a day, and administrators are told once when the history breaks."""

import asyncpg
import pytest

from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.kernel.languages import LANGUAGES
from domain.outbox.model import OutboxMessage
from domain.verification.findings import Fault
from domain.verification.model import Verification
from domain.verification.results import MESSAGE_NAME, verify_now, verify_when_due
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.orders import an_order
from tests.makers.time import berlin
from tests.support.inbox import Inbox
from tests.support.tampering import tamper
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

CHANGED = "UPDATE events SET actor_name = 'Eve'"


async def test_the_scheduler_verifies_once_a_day(settings: Settings, database: str) -> None:
    await an_order()

    assert [await verify_when_due(settings.database_url, settings.storage_url) for _ in range(2)] == [True, False]

    result = await Verification.get()
    assert (result.broken, result.findings) == (0, [])
    assert result.events > 0


async def test_administrators_are_told_once_when_it_breaks(settings: Settings, owner: asyncpg.Connection) -> None:
    administrators = [await an_account(Role.ADMIN) for _ in range(2)]
    await an_account(Role.STAFF)
    await an_order()
    await verify_now(settings.database_url, settings.storage_url)
    await tamper(owner, CHANGED)

    for _ in range(3):
        await verify_now(settings.database_url, settings.storage_url)

    told = await OutboxMessage.filter(name=MESSAGE_NAME)
    assert {message.account_id for message in told} == {account.id for account in administrators}
    assert len(told) == 2
    assert await Verification.filter(broken__gt=0).count() == 3


async def test_the_mail_names_the_first_broken_row(settings: Settings, owner: asyncpg.Connection, smtp: Inbox) -> None:
    administrator = await an_account(Role.ADMIN)
    case = await an_order()
    await tamper(owner, CHANGED)
    await verify_now(settings.database_url, settings.storage_url)

    await Dispatcher(settings).send_waiting()

    (mail,) = [each for each in smtp.mails_to(administrator.email) if "history" in str(each["Subject"])]
    plain = mail.get_body(("plain",))
    assert plain is not None
    text = " ".join(plain.get_content().split())
    assert f"order {case.order.id}: its content was changed" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_words(language: str) -> None:
    assert all(f"verification.fault.{fault}" in i18n.catalogue(language) for fault in Fault)
