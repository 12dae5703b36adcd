"""Life of a delivery: a member prepares and submits it, the customer reviews it and answers."""

from dataclasses import replace

import pytest

from domain.access.model import LinkPurpose
from domain.commands import execute
from domain.deliveries.inputs import Acceptance, DeliveryDraft, RevisionRequest, Submission
from domain.deliveries.model import AcceptedBy, Defect, Delivery, DeliveryFile, DeliveryStatus, DeliveryVersion
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refused
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from tests.makers.deliveries import TAKES, a_delivery, an_active_order
from tests.makers.files import a_file
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, a_customer, a_member, acting_for_customer, acting_for_member
from tests.makers.records import the_events_of, the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

WITHOUT_LINK = DeliveryDraft(description="Done by phone.")


def the_reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.reason for refusal in refused.value.refusals]


async def test_delivering_tells_the_customer_and_starts_three_days_of_review() -> None:
    case = await a_delivery()

    assert case.delivery.status is DeliveryStatus.DELIVERED
    assert case.delivery.review_ends_at == berlin(2026, 6, 4, 12)
    assert await what_is_due("delivery.autoAccept", case.id) == berlin(2026, 6, 4, 12)
    assert await what_is_due("delivery.reviewReminder", case.id) == berlin(2026, 6, 3, 12)
    assert await the_messages("delivery.submit") == ["CUSTOMER"]


async def test_the_message_about_a_delivery_carries_a_review_link() -> None:
    case = await a_delivery()

    message = await OutboxMessage.get(name="delivery.submit").values("link_id")
    link = await case.delivery.links.all().get()  # type: ignore[attr-defined]
    assert (message["link_id"], link.purpose, link.ended_at) == (link.id, LinkPurpose.REVIEW, None)


async def test_a_draft_does_not_exist_for_the_customer() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)

    with pytest.raises(Refused) as refused:
        await case.move("accept", actor=case.around.by_customer)

    assert refused.value.refusals[0].code is Code.NOT_FOUND


async def test_only_one_delivery_of_an_order_is_open_at_a_time() -> None:
    case = await a_delivery()

    with pytest.raises(Refused) as refused:
        await a_delivery(around=case.around)

    assert the_reasons(refused) == ["delivery_still_open"]


async def test_the_next_delivery_may_follow_an_accepted_one() -> None:
    first = await a_delivery(DeliveryStatus.ACCEPTED)

    second = await a_delivery(around=first.around)

    assert (first.delivery.position, second.delivery.position) == (1, 2)


async def test_an_order_that_is_not_active_takes_no_delivery() -> None:
    awaiting = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=berlin(2026, 7, 1).date())

    with pytest.raises(Refused) as refused:
        await a_delivery(around=awaiting)

    assert refused.value.refusals[0].code is Code.ILLEGAL_TRANSITION


async def test_an_archived_order_takes_no_delivery() -> None:
    around = await an_active_order()
    await around.move("archive", STAFF)

    with pytest.raises(Refused) as refused:
        await a_delivery(around=around)

    assert the_reasons(refused) == ["order_is_archived"]


async def test_a_draft_without_description_cannot_be_delivered() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    await case.move("describe", DeliveryDraft(description="  ", link="https://files.example"))

    with pytest.raises(Refused) as refused:
        await case.move("submit")

    assert the_reasons(refused) == ["delivery_without_description"]


async def test_a_delivery_without_link_needs_the_confirmation_that_there_is_none() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    await case.move("describe", WITHOUT_LINK)

    with pytest.raises(Refused) as refused:
        await case.move("submit")
    await case.move("submit", Submission(confirm_no_file=True))

    assert the_reasons(refused) == ["delivery_without_link"]
    assert case.delivery.status is DeliveryStatus.DELIVERED


async def test_a_link_that_is_no_web_address_is_refused() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)

    with pytest.raises(Refused) as refused:
        await case.move("describe", DeliveryDraft(description="Slides", link="javascript:alert(1)"))

    assert the_reasons(refused) == ["link_must_be_http"]


async def test_a_delivery_is_begun_with_its_draft_and_not_at_all_with_a_wrong_one() -> None:
    case = await an_active_order()
    file = await a_file(case.by_member)
    draft = DeliveryDraft(description=" Slides ", link="https://files.example", file_ids=(file.id,))
    begin = Command(noun="delivery", move="create", subject_id=case.order.id, input=draft)

    with pytest.raises(Refused) as refused:
        await execute(replace(begin, input=replace(draft, link="javascript:alert(1)")), case.by_member)
    begun_by_it = await Delivery.exists()
    created = await execute(begin, case.by_member)

    assert (the_reasons(refused), begun_by_it) == (["link_must_be_http"], False)
    delivery = await Delivery.get(id=created.subject_id)
    assert (delivery.draft_description, delivery.draft_link) == ("Slides", "https://files.example")
    assert await DeliveryFile.filter(delivery_id=delivery.id, number=1).values_list("file_id", flat=True) == [file.id]


async def test_a_submitted_version_stays_when_the_next_draft_is_saved() -> None:
    case = await a_delivery()

    await case.move("describe", WITHOUT_LINK)

    version = await DeliveryVersion.get(delivery_id=case.id)
    assert (version.number, version.description) == (1, "The workshop's slides.")
    assert case.delivery.draft_description == "Done by phone."


async def test_a_draft_can_be_discarded_and_a_delivery_cannot() -> None:
    case = await a_delivery(DeliveryStatus.CANCELED)
    delivered = await a_delivery(around=case.around)

    with pytest.raises(Refused) as refused:
        await delivered.move("discard")

    assert case.delivery.status is DeliveryStatus.CANCELED
    assert refused.value.refusals[0].code is Code.ILLEGAL_TRANSITION


async def test_the_customer_accepts_the_version_they_saw() -> None:
    case = await a_delivery()

    await case.move("accept", Acceptance(version_number=1, rating=5))

    delivery = case.delivery
    assert (delivery.status, delivery.accepted_by, delivery.rating) == (
        DeliveryStatus.ACCEPTED,
        AcceptedBy.CUSTOMER,
        5,
    )
    assert await the_messages("delivery.accept") == ["CUSTOMER", "MEMBER"]


async def test_an_older_version_cannot_be_accepted() -> None:
    case = await a_delivery(DeliveryStatus.REVISION_REQUESTED)
    await case.move("describe", WITHOUT_LINK)
    await case.move("resubmit", Submission(confirm_no_file=True))

    with pytest.raises(Refused) as refused:
        await case.move("accept", Acceptance(version_number=1))

    assert the_reasons(refused) == ["newer_version_delivered"]
    assert case.delivery.status is DeliveryStatus.DELIVERED


async def test_a_rating_is_one_to_five() -> None:
    case = await a_delivery()

    with pytest.raises(Refused) as refused:
        await case.move("accept", Acceptance(version_number=1, rating=6))

    assert the_reasons(refused) == ["number_too_large"]


async def test_a_revision_stops_the_clock_and_names_the_defects() -> None:
    case = await a_delivery()

    await case.move("requestRevision", RevisionRequest(defects=("Page 3 is missing.", " Wrong logo. ")))

    defects = await Defect.filter(delivery_id=case.id).order_by("id")
    assert [defect.text for defect in defects] == ["Page 3 is missing.", "Wrong logo."]
    assert (case.delivery.revisions, case.delivery.review_ends_at) == (1, None)
    assert await what_is_due("delivery.autoAccept", case.id) is None
    assert await the_messages("delivery.requestRevision") == ["MEMBER"]


@pytest.mark.parametrize(
    ("defects", "reason"),
    [((), "defect_not_named"), (("\u200b",), "defect_not_named"), (("Wrong logo.", " "), "defect_not_named")],
)
async def test_a_revision_needs_a_named_defect(defects: tuple[str, ...], reason: str) -> None:
    case = await a_delivery()

    with pytest.raises(Refused) as refused:
        await case.move("requestRevision", RevisionRequest(defects=defects))

    assert the_reasons(refused) == [reason]


async def test_a_revision_is_delivered_as_a_new_version_with_a_new_deadline() -> None:
    case = await a_delivery(DeliveryStatus.REVISION_REQUESTED)
    await the_clock_shows(berlin(2026, 6, 10, 9))
    await case.move("describe", WITHOUT_LINK)

    await case.move("resubmit", Submission(confirm_no_file=True))

    assert (case.delivery.status, case.delivery.current_number) == (DeliveryStatus.DELIVERED, 2)
    assert await what_is_due("delivery.autoAccept", case.id) == berlin(2026, 6, 13, 9)
    assert await the_messages("delivery.resubmit") == ["CUSTOMER"]


async def test_a_revision_needs_a_description_of_its_own() -> None:
    case = await a_delivery(DeliveryStatus.REVISION_REQUESTED)

    with pytest.raises(Refused) as refused:
        await case.move("resubmit")

    assert the_reasons(refused) == ["delivery_without_description"]


async def test_what_was_criticised_can_still_be_accepted() -> None:
    case = await a_delivery(DeliveryStatus.REVISION_REQUESTED)

    await case.move("accept")

    assert case.delivery.accepted_by is AcceptedBy.CUSTOMER


async def test_other_members_and_other_customers_find_nothing() -> None:
    case = await a_delivery()
    strangers: list[tuple[str, Actor]] = [
        ("describe", acting_for_member(await a_member("Mo Member"))),
        ("accept", acting_for_customer(await a_customer("Andere GmbH"))),
    ]

    for move, stranger in strangers:
        with pytest.raises(Refused) as refused:
            await case.move(move, TAKES[move], actor=stranger)
        assert refused.value.refusals[0].code is Code.NOT_FOUND


async def test_staff_look_on_but_do_not_answer_for_the_customer() -> None:
    case = await a_delivery()

    with pytest.raises(Refused) as refused:
        await case.move("accept", actor=STAFF)

    assert the_reasons(refused) == ["not_your_move"]


async def test_whoever_saw_an_older_state_is_told_that_it_changed() -> None:
    case = await a_delivery()

    with pytest.raises(Refused) as refused:
        await case.move("accept", expected_version=case.delivery.version - 1)

    assert refused.value.refusals[0].code is Code.STALE_VERSION


async def test_the_customer_reads_of_the_delivery_but_not_of_its_draft() -> None:
    case = await a_delivery(DeliveryStatus.ACCEPTED)

    events = await Event.filter(subject_id=case.id).order_by("sequence")
    seen = [event.name for event in events if "CUSTOMER" in event.audience]
    assert await the_events_of(case.id) == [
        "delivery.create",
        "delivery.describe",
        "delivery.submit",
        "delivery.accept",
    ]
    assert seen == ["delivery.submit", "delivery.accept"]
