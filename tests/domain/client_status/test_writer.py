"""Writing a client status: from a template, by hand, and as the customer's history shows it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from tortoise import connections

from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus, ClientStatusChange, KeptUntil
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE
from domain.engine.event_log import broken_chains
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Contact, StatusMails
from domain.status_templates.model import Notification, StatusTemplate
from tests.domain.client_status.test_client_status import sees
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.records import the_messages
from tests.makers.time import berlin, the_clock_shows

TEN = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(TEN)


async def the_template(label_en: str = "In progress", **texts: object) -> UUID:
    """One of the five that every installation has, with other texts where the test needs them."""
    template = await StatusTemplate.get(label_en=label_en)
    await StatusTemplate.filter(id=template.id).update(**texts)
    return template.id


async def test_every_installation_begins_with_five_templates() -> None:
    templates = await StatusTemplate.all().order_by("position")

    assert [template.label_en for template in templates] == ["Planned", "On hold", "In progress", "In review", "Done"]


async def test_a_template_is_copied_in_both_languages_with_its_colour() -> None:
    template_id = await the_template()
    case = await a_client_status(shown=False)

    status = await move_client_status(case, "show", StatusInput(template_id=template_id))

    assert (status.label_de, status.label_en, status.color) == ("In Arbeit", "In progress", "#2563eb")
    assert (status.template_id, status.template_edition, status.edited_by_hand) == (template_id, 1, False)


async def test_placeholders_are_filled_as_each_language_writes_days() -> None:
    template_id = await the_template(
        description_de="{project} ({number}) von {provider} für {customer}, fällig {due}, erwartet {expected}.",
        description_en="{project}, due {due}, expected {expected}.",
    )
    case = await an_order(OrderStatus.ACTIVE, delivery_due_at=berlin(2026, 5, 10, 18))

    text = StatusInput(template_id=template_id, expected_on=date(2026, 5, 8))
    status = await move_client_status(case, "show", text)

    number, customer = case.order.number, case.customer.legal_name
    assert status.description_de == (
        f"Projekt ABC ({number}) von {case.member.name} für {customer}, fällig 10.05.2026, erwartet 08.05.2026."
    )
    assert status.description_en == "Projekt ABC, due 10 May 2026, expected 8 May 2026."


async def test_a_placeholder_without_a_value_is_refused_by_name() -> None:
    template_id = await the_template(description_de="Fertig am {due}.")
    case = await an_order(OrderStatus.ACTIVE)

    with pytest.raises(Refused) as refused:
        await move_client_status(case, "show", StatusInput(template_id=template_id))

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.params["placeholder"]) == ("placeholder_without_value", "due")


async def test_a_project_that_looks_like_a_placeholder_stays_as_it_is_written() -> None:
    template_id = await the_template(label_de="{project}")
    case = await an_order(OrderStatus.ACTIVE, project="{number} & {due}")

    status = await move_client_status(case, "show", StatusInput(template_id=template_id))

    assert status.label_de == "{number} & {due}"


async def test_a_retired_template_is_assigned_to_nobody() -> None:
    template_id = await the_template(state=Availability.RETIRED)
    case = await a_client_status(shown=False)

    with pytest.raises(Refused) as refused:
        await move_client_status(case, "show", StatusInput(template_id=template_id))

    assert [refusal.reason for refusal in refused.value.refusals] == ["template_retired"]


async def test_what_is_written_beside_a_template_counts_as_edited_by_hand() -> None:
    case = await a_client_status(shown=False)

    text = StatusInput(template_id=await the_template(), description="Wir warten auf Ihre Fotos.")
    status = await move_client_status(case, "show", text)

    assert (status.label_de, status.description_en) == ("In Arbeit", "Wir warten auf Ihre Fotos.")
    assert (status.edited_by_hand, status.kept_until) == (True, KeptUntil.CLEARED)


async def test_a_form_that_repeats_one_language_leaves_the_other_alone() -> None:
    case = await a_client_status(shown=False)
    await move_client_status(case, "show", StatusInput(template_id=await the_template()))

    text = StatusInput(label="In progress", color="#2563eb", expected_on=date(2026, 5, 1))
    status = await move_client_status(case, "update", text)

    assert (status.label_de, status.label_en, status.expected_on) == ("In Arbeit", "In progress", date(2026, 5, 1))
    assert status.edited_by_hand is False


async def test_a_template_ends_the_hold_of_what_was_written_by_hand() -> None:
    case = await a_client_status()

    status = await move_client_status(case, "update", StatusInput(template_id=await the_template("Done")))

    assert not status.edited_by_hand
    assert status.kept_until is None


async def test_the_hold_can_be_cleared() -> None:
    case = await a_client_status()

    status = await move_client_status(case, "clear")

    assert status.kept_until is None


@pytest.mark.parametrize(
    ("kept_until", "day", "reason"),
    [
        (KeptUntil.DATE, None, "last_day_missing"),
        (KeptUntil.DATE, date(2026, 3, 31), "last_day_is_past"),
        (KeptUntil.CLEARED, date(2026, 5, 1), "no_last_day_needed"),
    ],
)
async def test_a_last_day_belongs_to_a_text_that_is_kept_until_one(
    kept_until: KeptUntil, day: date | None, reason: str
) -> None:
    case = await a_client_status(shown=False)

    with pytest.raises(Refused) as refused:
        await move_client_status(case, "show", replace(IN_PROGRESS, kept_until=kept_until, kept_until_on=day))

    assert [refusal.reason for refusal in refused.value.refusals] == [reason]


async def test_nothing_can_be_shown_that_says_nothing() -> None:
    case = await a_client_status(shown=False)

    with pytest.raises(Refused) as refused:
        await move_client_status(case, "show", StatusInput())

    assert [refusal.reason for refusal in refused.value.refusals] == ["label_missing"]


async def test_the_client_never_reads_what_was_changed_out_of_sight() -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT), label="Only a thought")
    await case.move("submit", case.by_member)
    await move_client_status(case, "update", IN_PROGRESS)

    await case.move("approve", STAFF, None)

    shown = await ClientStatusChange.filter(order_id=case.order.id, seen=True)
    assert [(change.event, change.label_de) for change in shown] == [("clientStatus.reveal", "In progress")]
    assert await sees(case.by_customer, case, CLIENT_STATUS_CHANGES_SCOPE) == 1
    assert await the_messages("clientStatus.reveal") == ["CUSTOMER"]


async def test_since_when_it_is_shown_counts_from_the_first_sight() -> None:
    case = await a_client_status(await an_order(OrderStatus.IN_REVIEW))
    await the_clock_shows(TEN + timedelta(days=1))

    await case.move("approve", STAFF, None)

    assert (await ClientStatus.get(id=case.order.id)).shown_since == TEN + timedelta(days=1)


@pytest.mark.parametrize(
    ("of_template", "of_contact", "messages"),
    [
        (Notification.AT_ONCE, StatusMails.AT_ONCE, [None]),
        (Notification.NONE, StatusMails.AT_ONCE, []),
        (Notification.DAILY_DIGEST, StatusMails.AT_ONCE, [berlin(2026, 4, 2, 7)]),
        (Notification.AT_ONCE, StatusMails.DAILY, [berlin(2026, 4, 2, 7)]),
        (Notification.AT_ONCE, StatusMails.NONE, []),
    ],
)
async def test_the_template_and_the_contact_decide_on_the_mail(
    of_template: Notification, of_contact: StatusMails, messages: list[object]
) -> None:
    template_id = await the_template(notification=of_template)
    case = await a_client_status(shown=False)
    await Contact.all().update(status_mails=of_contact)

    await move_client_status(case, "show", StatusInput(template_id=template_id))

    assert [message.digest_at for message in await OutboxMessage.filter(name="clientStatus.show")] == messages


async def test_the_chain_of_events_holds() -> None:
    case = await a_client_status()
    await move_client_status(case, "hide")

    assert await broken_chains(connections.get("default")) == []


async def test_a_text_by_hand_protects_no_longer_once_its_status_is_hidden() -> None:
    case = await a_client_status()

    await move_client_status(case, "hide")

    status = await ClientStatus.get(id=case.order.id)
    assert status.edited_by_hand
    assert status.kept_until is None
