"""Mails of bulk operations: one to each contact that lists its orders, as many as the dry run said (LIFECYCLES §5)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.bulk.inputs import BulkStageInput
from domain.bulk.model import BulkOperation
from domain.bulk.previews import mails as mail_preview
from domain.client_status.model import StatusRules
from domain.commands import WORKER, execute, publish_due_changes
from domain.engine.commands import Command
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact, Customer, StatusMails
from settings import Settings
from tests.makers.automations import sets_template
from tests.makers.bulk import ids_of, set_status, the_operation
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_customer, a_member
from tests.makers.pipelines import a_pipeline, a_stage
from tests.makers.pipelines import ids_of as stage_ids_of
from tests.makers.time import berlin, the_clock_shows
from tests.support.inbox import Inbox
from tests.workers.notifications.test_dispatcher import text_of
from workers.notifications.dispatcher import Dispatcher

WEDNESDAY_10H = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(WEDNESDAY_10H)
KIM, SAM = "kim@kunde.example", "sam@kunde.example"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


async def a_customer_of(address: str, language: str = "en") -> Customer:
    customer = await a_customer()
    await Contact.filter(customer=customer).update(email=address, language=language)
    return customer


async def orders_for(customer: Customer, *projects: str) -> list[Case]:
    member = await a_member()
    return [await an_order(OrderStatus.ACTIVE, member=member, customer=customer, project=each) for each in projects]


async def three_for_kim_and_one_for_sam(dispatcher: Dispatcher, smtp: Inbox) -> list[Case]:
    cases = await orders_for(await a_customer_of(KIM), "Website", "Poster", "Flyer")
    cases += await orders_for(await a_customer_of(SAM, "de"), "Katalog")
    await dispatcher.send_waiting()
    smtp.empty()
    return cases


async def foreseen(order_ids: Sequence[UUID], **more: Any) -> tuple[int, int, int]:
    """Mails, people, and readers of a daily mail, as a dry run says."""
    operation = await the_operation(await set_status(order_ids, dry_run=True, **more))
    preview = mail_preview.load(operation.foreseen_mails)
    return preview.mails, preview.people, len(preview.daily)


async def test_each_contact_gets_one_mail_and_the_dry_run_has_said_so(dispatcher: Dispatcher, smtp: Inbox) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)
    assert await foreseen(ids_of(cases)) == (2, 2, 0)
    assert await dispatcher.send_waiting() == 0

    await set_status(ids_of(cases))
    assert await dispatcher.send_waiting() == 2

    (mail,) = smtp.mails_to(KIM)
    text = text_of(mail)
    assert mail["Subject"] == "News: Flyer, Poster and Website"
    assert [text.count(f"\n{name}:\n") for name in ("Website", "Poster", "Flyer")] == [1, 1, 1]
    assert all(case.order.number in text for case in cases[:3])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert await dispatcher.send_waiting() == 0
    assert {message.state for message in await OutboxMessage.filter(subject_kind="clientStatus")} == {MessageState.SENT}


async def test_a_contact_of_a_single_order_gets_the_ordinary_mail(dispatcher: Dispatcher, smtp: Inbox) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)

    await set_status(ids_of(cases))
    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to(SAM)
    assert mail["Subject"] == "Neuer Stand: Katalog"
    assert "Es gibt einen neuen Stand zu „Katalog“: In progress." in text_of(mail)


async def test_the_job_of_any_message_sends_the_whole_mail_once(dispatcher: Dispatcher, smtp: Inbox) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)
    await set_status(ids_of(cases))
    messages = await OutboxMessage.filter(order_id__in=ids_of(cases[:3]), state=MessageState.PENDING)

    sent = [await dispatcher.send_message(message.id) for message in messages]

    assert sent == [True, False, False]
    assert len(smtp.mails_to(KIM)) == 1


async def test_nothing_is_sent_before_the_operation_has_ended(dispatcher: Dispatcher, smtp: Inbox) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)
    operation_id = await set_status(())
    await BulkOperation.filter(id=operation_id).update(subject_ids=ids_of(cases), total=4, done=0, state="RUNNING")

    assert await WORKER.next_portion(operation_id, STAFF, size=2)
    assert await dispatcher.send_waiting() == 0
    while await WORKER.next_portion(operation_id, STAFF, size=2):
        pass

    assert await dispatcher.send_waiting() == 2
    assert len(smtp.mails_to(KIM)) == 1


@pytest.mark.parametrize("quiet_minutes", [0, 10])
async def test_an_automation_within_the_operation_sends_one_mail_to_each_contact(
    dispatcher: Dispatcher, smtp: Inbox, quiet_minutes: int
) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)
    (stage_id,) = await stage_ids_of(await a_pipeline(a_stage("At work")))
    await sets_template("In progress", "order.enterStage", stage_id=stage_id)
    await StatusRules.all().update(quiet_minutes=quiet_minutes)

    entry = BulkStageInput(stage_id=stage_id, order_ids=ids_of(cases))
    trial = await execute(Command(noun="orderBulk", move="enterStage", input=replace(entry, dry_run=True)), STAFF)
    preview = mail_preview.load((await the_operation(trial.subject_id)).foreseen_mails)
    await execute(Command(noun="orderBulk", move="enterStage", input=entry), STAFF)
    await the_clock_shows(berlin(2026, 4, 1, 10, 10))
    await publish_due_changes()

    assert (preview.mails, preview.people) == (2, 2)
    assert await dispatcher.send_waiting() == 2
    assert len(smtp.mails_to(KIM)) == 1


async def test_who_wants_no_mail_or_a_daily_one_is_foreseen_as_such(dispatcher: Dispatcher, smtp: Inbox) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)
    await Contact.filter(email=KIM).update(status_mails=StatusMails.DAILY)
    await Contact.filter(email=SAM).update(status_mails=StatusMails.NONE)

    assert await foreseen(ids_of(cases)) == (0, 0, 1)
    await set_status(ids_of(cases))

    assert await dispatcher.send_waiting() == 0


async def test_after_a_quiet_period_it_is_one_mail_as_foreseen(dispatcher: Dispatcher, smtp: Inbox) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)
    await StatusRules.all().update(quiet_minutes=10)
    assert await foreseen(ids_of(cases)) == (2, 2, 0)
    await set_status(ids_of(cases))
    assert await dispatcher.send_waiting() == 0

    await the_clock_shows(berlin(2026, 4, 1, 10, 10))
    await publish_due_changes()

    assert await dispatcher.send_waiting() == 2
    assert len(smtp.mails_to(KIM)) == 1


async def test_what_changed_again_before_the_mail_left_is_in_the_later_mail_alone(
    dispatcher: Dispatcher, smtp: Inbox
) -> None:
    cases = await three_for_kim_and_one_for_sam(dispatcher, smtp)
    await set_status(ids_of(cases[:3]))
    await set_status(ids_of(cases[:1]), label="Done")

    assert await dispatcher.send_waiting() == 2

    several, one = sorted(smtp.mails_to(KIM), key=lambda mail: len(text_of(mail)), reverse=True)
    assert "Website" not in text_of(several)
    assert "Done" in text_of(one)
