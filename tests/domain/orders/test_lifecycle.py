"""An order's way from draft to completion, as its people and the clock take it."""

from datetime import date
from decimal import Decimal

import pytest

from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.errors import Code, Refused
from domain.operator.model import FeeRate
from domain.orders.inputs import ChangeMessage, Confirmation, Duplication, OfferEnd, OptionalReason, RequiredComment
from domain.orders.model import OrderStatus, RejectionCause
from domain.outbox.model import OutboxMessage
from domain.parties.model import MembershipStatus
from tests.makers.orders import a_draft, an_order, planned
from tests.makers.parties import STAFF, a_customer, a_member, acting_for_customer
from tests.makers.time import berlin, the_clock_shows

IN_APRIL = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(IN_APRIL)
CONFIRMATION = Confirmation(name="Kim Kontakt", revision=1)


async def the_code(refused: pytest.ExceptionInfo[Refused]) -> Code:
    return refused.value.refusals[0].code


async def test_budget_inflow_is_net_less_nine_percent() -> None:
    case = await an_order(planned_invoices=(planned("500.00"),))

    assert case.order.net_cents == 50_000
    assert case.order.budget_inflow_cents == 45_500


async def test_budget_inflow_is_rounded_for_each_planned_invoice() -> None:
    case = await an_order(planned_invoices=(planned("10.05"),) * 3)

    assert case.order.budget_inflow_cents == 2_745


async def test_the_fee_is_frozen_at_the_rate_of_the_day_of_submission() -> None:
    await FeeRate.create(holds_from=date(2026, 4, 10), percent=Decimal("10.00"))
    await FeeRate.create(holds_from=date(2026, 4, 20), percent=Decimal("11.00"))
    case = await an_order(planned_invoices=(planned("500.00"),))
    await the_clock_shows(berlin(2026, 4, 10, 10))
    await case.move("submit", case.by_member)
    await the_clock_shows(berlin(2026, 4, 20, 10))

    await case.move("approve", STAFF)

    assert (case.order.fee_percent, case.order.budget_inflow_cents) == (Decimal("10.00"), 45_000)


async def test_an_order_carries_its_members_number_and_a_running_one() -> None:
    first = await an_order()
    second = await an_order(member=first.member)

    assert first.order.number == f"AF-{first.member.number:05}-0001"
    assert second.order.number == f"AF-{first.member.number:05}-0002"


async def test_a_draft_that_plans_an_invoice_below_zero_cannot_be_submitted() -> None:
    case = await an_order(OrderStatus.DRAFT, planned_invoices=(planned("500.00"), planned("-20.00")))

    with pytest.raises(Refused) as refused:
        await case.move("submit", case.by_member)

    assert [refusal.reason for refusal in refused.value.refusals] == ["planned_invoice_below_zero"]


async def test_a_draft_without_customer_cannot_be_submitted() -> None:
    case = await an_order(customer_id=None, contact_id=None)

    with pytest.raises(Refused) as refused:
        await case.move("submit", case.by_member)

    assert [refusal.reason for refusal in refused.value.refusals] == ["customer_missing"]


@pytest.mark.parametrize("status", [MembershipStatus.PAUSED, MembershipStatus.ENDED])
async def test_only_an_active_member_submits(status: MembershipStatus) -> None:
    case = await an_order(member=await a_member(status=status))

    with pytest.raises(Refused) as refused:
        await case.move("submit", case.by_member)

    assert refused.value.refusals[0].reason == "membership_not_active"


async def test_review_is_due_after_24_working_hours_without_easter() -> None:
    await the_clock_shows(berlin(2026, 4, 2, 15))

    case = await an_order(OrderStatus.IN_REVIEW)

    review = await Deadline.get(subject_id=case.order.id, kind="order.review")
    assert review.due_at == berlin(2026, 4, 7, 15)


async def test_an_offer_is_open_through_its_last_valid_day() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    await the_clock_shows(berlin(2026, 5, 10, 23, 59, 59))

    await case.move("confirm", case.by_customer, CONFIRMATION)

    assert case.order.status is OrderStatus.ACTIVE


async def test_an_expired_offer_cannot_be_confirmed_even_if_no_worker_runs() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    await the_clock_shows(berlin(2026, 5, 11, 0, 0, 0))

    with pytest.raises(Refused) as refused:
        await case.move("confirm", case.by_customer, CONFIRMATION)

    assert await the_code(refused) is Code.DEADLINE_PASSED
    await case.order.refresh_from_db()
    assert case.order.rejection_cause is RejectionCause.OFFER_EXPIRED


async def test_the_clock_rejects_an_offer_nobody_answered() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    await the_clock_shows(berlin(2026, 5, 11, 0, 0, 1))

    await fire_due_deadlines()

    await case.order.refresh_from_db()
    assert case.order.status is OrderStatus.REJECTED
    fired = await Deadline.get(subject_id=case.order.id, kind="order.expire")
    assert fired.state is DeadlineState.FIRED
    assert fired.due_at == berlin(2026, 5, 11)


async def test_an_extended_offer_ends_later() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))

    await case.move("extendOffer", case.by_member, OfferEnd(valid_until=date(2026, 5, 20)))

    expiry = await Deadline.get(subject_id=case.order.id, kind="order.expire")
    assert expiry.due_at == berlin(2026, 5, 21)


async def test_an_offer_cannot_end_today() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    with pytest.raises(Refused) as refused:
        await case.move("extendOffer", STAFF, OfferEnd(valid_until=date(2026, 4, 1)))

    assert await the_code(refused) is Code.VALIDATION_FAILED


async def test_requested_changes_disarm_the_expiry_and_tell_member_and_staff() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    await case.move("requestChanges", case.by_customer, ChangeMessage(message="Two days, please."))

    expiry = await Deadline.get(subject_id=case.order.id, kind="order.expire")
    assert case.order.status is OrderStatus.IN_REVIEW
    assert expiry.state is DeadlineState.DISARMED


async def test_a_revised_offer_cannot_be_confirmed_unseen() -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    await case.move("sendBack", STAFF, RequiredComment(comment="Please name the days."))
    await case.move("submit", case.by_member)
    await case.move("approve", STAFF)

    with pytest.raises(Refused) as refused:
        await case.move("confirm", case.by_customer, CONFIRMATION)

    assert refused.value.refusals[0].reason == "offer_was_revised"


async def test_an_order_without_confirmation_is_active_at_once() -> None:
    case = await an_order(OrderStatus.ACTIVE, skip_confirmation=True, offer_valid_until=None)

    assert case.order.status is OrderStatus.ACTIVE
    assert case.order.confirmed_at is None
    assert await OutboxMessage.filter(order_id=case.order.id, recipient_role="CUSTOMER").count() == 0


async def test_nobody_sees_another_customers_order() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    stranger = acting_for_customer(await a_customer("Jemand anderes"))

    with pytest.raises(Refused) as refused:
        await case.move("confirm", stranger, CONFIRMATION)

    assert await the_code(refused) is Code.NOT_FOUND


async def test_the_same_key_confirms_once() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    first = await case.move("confirm", case.by_customer, CONFIRMATION, idempotency_key="k")

    again = await case.move("confirm", case.by_customer, CONFIRMATION, idempotency_key="k")

    assert (first.replayed, again.replayed) == (False, True)
    assert again.subject_id == case.order.id


async def test_a_key_cannot_be_used_for_something_else() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await case.move("confirm", case.by_customer, CONFIRMATION, idempotency_key="k")

    with pytest.raises(Refused) as refused:
        await case.move("decline", case.by_customer, OptionalReason(), idempotency_key="k")

    assert await the_code(refused) is Code.IDEMPOTENCY_CONFLICT


async def test_a_stale_version_is_refused_with_who_changed_it() -> None:
    case = await an_order(OrderStatus.IN_REVIEW)

    with pytest.raises(Refused) as refused:
        await case.move("approve", STAFF, expected_version=1)

    refusal = refused.value.refusals[0]
    assert refusal.code is Code.STALE_VERSION
    assert refusal.params["changed_by"] == "Mara Member"


async def test_a_rejected_order_can_be_reopened_and_submitted_again() -> None:
    case = await an_order(OrderStatus.REJECTED)

    await case.move("reopen", case.by_member)
    await case.move("submit", case.by_member)

    assert case.order.status is OrderStatus.IN_REVIEW
    assert case.order.offer_revision == 2


async def test_a_duplicate_is_a_new_draft_with_a_link_back() -> None:
    case = await an_order(OrderStatus.REJECTED)

    outcome = await case.move("duplicate", case.by_member, Duplication())

    copy = await type(case.order).get(id=outcome.subject_id)
    assert copy.status is OrderStatus.DRAFT
    assert copy.duplicated_from_id == case.order.id
    assert copy.net_cents == 50_000


async def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    case = await an_order()

    with pytest.raises(Refused) as refused:
        await case.move("amend", case.by_member, a_draft(service_from=date(2026, 5, 2), service_to=date(2026, 5, 1)))

    assert refused.value.refusals[0].path == ("service_to",)


@pytest.mark.parametrize("the_clock_has_run", [True, False])
async def test_a_late_answer_meets_the_end_of_the_offer_whatever_version_it_names(
    the_clock_has_run: bool,
) -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    await the_clock_shows(berlin(2026, 5, 11))
    if the_clock_has_run:
        await fire_due_deadlines()

    with pytest.raises(Refused) as refused:
        await case.move("confirm", case.by_customer, CONFIRMATION, expected_version=case.order.version)

    assert refused.value.refusals[0].due_at == berlin(2026, 5, 11)
