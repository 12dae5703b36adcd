"""Notices about a status when its order becomes visible, or changed while it was not."""

from datetime import date
from typing import Any

import pytest

from domain.client_status.inputs import StatusInput
from domain.client_status.model import (
    ClientStatus,
    ClientStatusChange,
    KeptUntil,
    PendingStatus,
    StatusOrigin,
    StatusRules,
)
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE
from domain.commands import publish_due_changes
from domain.orders.inputs import OptionalComment, OptionalReason
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Contact
from domain.status_templates.model import Notification
from tests.domain.client_status.test_client_status import sees
from tests.makers.automations import an_automation
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import Case, a_draft, an_order
from tests.makers.parties import STAFF, a_customer, working_together
from tests.makers.records import the_messages
from tests.makers.templates import a_status_entry, a_status_template, move_status_template
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def sent_again(case: Case) -> None:
    await case.move("submit", case.by_member)
    await case.move("approve", STAFF, OptionalComment())


async def test_what_was_said_out_of_sight_is_told_when_the_order_is_back() -> None:
    case = await a_client_status(await an_order(OrderStatus.AWAITING_CUSTOMER))
    await case.move("withdraw", case.by_member, OptionalReason())
    await move_client_status(case, "update", StatusInput(label="Planned anew"))

    await sent_again(case)

    seen = await ClientStatusChange.filter(order_id=case.order.id, seen=True).order_by("id")
    assert [change.label_en for change in seen] == ["In progress", "Planned anew"]
    assert await the_messages("clientStatus.reveal") == ["CUSTOMER"]


async def test_what_says_the_same_as_before_is_not_told_again() -> None:
    case = await a_client_status(await an_order(OrderStatus.AWAITING_CUSTOMER))
    await case.move("withdraw", case.by_member, OptionalReason())

    await sent_again(case)

    assert await the_messages("clientStatus.reveal") == []
    assert await sees(case.by_customer, case, CLIENT_STATUS_CHANGES_SCOPE) == 1


@pytest.mark.parametrize(
    ("asked", "told"), [(Notification.NONE, []), (Notification.DAILY_DIGEST, ["CUSTOMER"]), (None, ["CUSTOMER"])]
)
async def test_what_comes_into_sight_is_told_as_it_was_asked_for(asked: Notification | None, told: list[str]) -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT), notification=asked)

    await case.move("amend", case.by_member, a_draft(**await the_client_of(case), project="Another project"))
    await sent_again(case)

    assert await the_messages("clientStatus.reveal") == told
    waits = await OutboxMessage.filter(name="clientStatus.reveal", digest_at__isnull=False).count()
    assert waits == (asked is Notification.DAILY_DIGEST)


async def test_what_is_asked_for_anew_counts_and_is_over_once_it_is_seen() -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT), notification=Notification.NONE)
    await move_client_status(case, "update", StatusInput(label="Planned anew"))

    await sent_again(case)

    assert await the_messages("clientStatus.reveal") == ["CUSTOMER"]
    assert (await ClientStatus.get(id=case.order.id)).notification is None


async def the_client_of(case: Case) -> dict[str, Any]:
    contact = await Contact.get(customer_id=case.customer.id)
    return {"customer_id": case.customer.id, "contact_id": contact.id}


async def amended(case: Case, **facts: Any) -> None:
    await case.move("amend", case.by_member, a_draft(**await the_client_of(case) | facts))


async def for_somebody_else(case: Case, **facts: Any) -> Case:
    other = await a_customer("Andere GmbH")
    await working_together(case.member, other)
    now = Case(order=case.order, member=case.member, customer=other)
    await amended(now, **facts)
    return now


async def test_a_new_customer_learns_nothing_of_what_another_one_was_told() -> None:
    case = await a_client_status(await an_order(OrderStatus.AWAITING_CUSTOMER))
    await move_client_status(case, "update", StatusInput(label="Waiting for Kunde XYZ"))
    await move_client_status(case, "update", StatusInput(label="Planned"))
    await case.move("withdraw", case.by_member, OptionalReason())

    now = await for_somebody_else(case)
    await sent_again(now)
    await move_client_status(now, "show", StatusInput(label="Welcome"))

    assert await sees(now.by_customer, now, CLIENT_STATUS_CHANGES_SCOPE) == 1
    assert await sees(STAFF, now, CLIENT_STATUS_CHANGES_SCOPE) == 5


async def test_a_text_by_hand_is_hidden_from_a_customer_whom_it_was_not_written_for() -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT), label="Waiting for Kunde XYZ")

    now = await for_somebody_else(case)
    await sent_again(now)

    assert await sees(now.by_customer, now) == 0


async def test_the_text_of_a_template_follows_the_draft() -> None:
    texts = {"label_de": "Für {customer}", "label_en": "For {customer}", "description_en": "{project}"}
    template = await a_status_template(**texts)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await move_client_status(case, "show", StatusInput(template_id=template.id))
    await case.move("withdraw", case.by_member, OptionalReason())

    now = await for_somebody_else(case, project="Shop")
    await sent_again(now)

    status = await ClientStatus.get(id=case.order.id)
    assert (status.label_en, status.description_en, status.name) == ("For Andere GmbH", "Shop", "Shop")
    assert status.template_id == template.id
    assert await sees(now.by_customer, now) == 1
    assert await the_messages("clientStatus.reveal") == ["CUSTOMER"]


async def test_another_customer_hears_neither_the_name_nor_the_day_that_was_given() -> None:
    template = await a_status_template(label_en="Prepared")
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    given = StatusInput(template_id=template.id, name="Relaunch Kunde XYZ", expected_on=date(2026, 5, 4))
    await move_client_status(case, "show", given)
    await case.move("withdraw", case.by_member, OptionalReason())

    now = await for_somebody_else(case)
    await sent_again(now)

    status = await ClientStatus.get(id=case.order.id)
    assert (status.name, status.expected_on, status.label_en) == ("Projekt ABC", None, "Prepared")
    assert await sees(now.by_customer, now) == 1


async def test_what_cannot_be_filled_for_another_customer_keeps_neither_name_nor_day() -> None:
    template = await a_status_template(label_en="Until {expected}")
    case = await an_order(OrderStatus.DRAFT)
    given = StatusInput(template_id=template.id, name="Relaunch Kunde XYZ", expected_on=date(2026, 5, 4))
    await move_client_status(case, "show", given)

    now = await for_somebody_else(case)
    await sent_again(now)

    status = await ClientStatus.get(id=case.order.id)
    assert (status.name, status.expected_on) == ("Projekt ABC", None)
    assert await sees(now.by_customer, now) == 0


async def test_no_hold_keeps_what_a_template_said_of_another_customer() -> None:
    template = await a_status_template(label_de="Für {customer}", label_en="For {customer}")
    case = await an_order(OrderStatus.DRAFT)
    held = StatusInput(template_id=template.id, kept_until=KeptUntil.CLEARED)
    await move_client_status(case, "show", held)
    await ClientStatus.filter(id=case.order.id).update(automation_id=(await an_automation()).id)

    now = await for_somebody_else(case)
    await sent_again(now)

    status = await ClientStatus.get(id=case.order.id)
    assert (status.label_en, status.kept_until) == ("For Andere GmbH", KeptUntil.CLEARED)
    assert await sees(now.by_customer, now) == 1


async def test_what_waited_for_one_customer_is_not_shown_to_another() -> None:
    case = await a_client_status(await an_order(OrderStatus.AWAITING_CUSTOMER))
    await StatusRules.all().update(quiet_minutes=60)
    await move_client_status(case, "update", StatusInput(label="Waiting for Kunde XYZ"))
    await case.move("withdraw", case.by_member, OptionalReason())

    now = await for_somebody_else(case)
    await sent_again(now)

    assert await PendingStatus.filter(id=case.order.id).count() == 0
    assert "Kunde XYZ" not in (await ClientStatus.get(id=case.order.id)).label_en
    assert await sees(now.by_customer, now) == 0


async def test_a_text_by_hand_that_waits_outlives_an_amended_draft() -> None:
    template = await a_status_template(label_en="Planned for {project}")
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await move_client_status(case, "show", StatusInput(template_id=template.id))
    await StatusRules.all().update(quiet_minutes=60)
    await move_client_status(case, "update", StatusInput(label="Waiting for your photos"))
    await case.move("withdraw", case.by_member, OptionalReason())

    await amended(case, project="Shop")

    assert (await ClientStatus.get(id=case.order.id)).label_en == "Waiting for your photos"


async def test_what_came_out_of_its_quiet_period_unseen_is_told_as_it_was_asked_for() -> None:
    case = await a_client_status(await an_order(OrderStatus.AWAITING_CUSTOMER))
    await StatusRules.all().update(quiet_minutes=15)
    await move_client_status(case, "update", StatusInput(label="Planned anew", notification=Notification.NONE))
    await case.move("withdraw", case.by_member, OptionalReason())
    await the_clock_shows(berlin(2026, 4, 1, 11))
    await publish_due_changes()

    await sent_again(case)

    assert (await ClientStatus.get(id=case.order.id)).label_en == "Planned anew"
    assert await the_messages("clientStatus.reveal") == []


async def test_coming_into_sight_leaves_who_or_what_set_it() -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT))

    await sent_again(case)

    status = await ClientStatus.get(id=case.order.id)
    (revealed,) = await ClientStatusChange.filter(order_id=case.order.id, event="clientStatus.reveal")
    assert status.origin is revealed.origin is StatusOrigin.MANUAL


async def test_a_later_edition_of_the_template_waits_for_somebody_to_apply_it() -> None:
    template = await a_status_template(label_en="Planned for {project}")
    case = await an_order(OrderStatus.DRAFT)
    await move_client_status(case, "show", StatusInput(template_id=template.id))
    await move_status_template(template.id, "amend", a_status_entry(label_en="Another {project}"))

    await amended(case, project="Shop")

    assert (await ClientStatus.get(id=case.order.id)).label_en == "Planned for Projekt ABC"


async def test_a_name_given_by_hand_stays_when_the_project_changes() -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT), name="Ihre Website")

    await amended(case, project="Shop")

    assert (await ClientStatus.get(id=case.order.id)).name == "Ihre Website"


async def test_a_template_that_mails_nobody_mails_nobody_when_its_order_comes_into_sight() -> None:
    template = await a_status_template(notification=Notification.NONE)
    case = await an_order(OrderStatus.DRAFT)
    await move_client_status(case, "show", StatusInput(template_id=template.id))

    await sent_again(case)

    assert await sees(case.by_customer, case) == 1
    assert await the_messages("clientStatus.reveal") == []
