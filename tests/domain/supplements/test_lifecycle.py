"""A supplement from the proposal to the customer's answer, while the order stays active."""

from datetime import date, timedelta

import pytest

from domain.billing.inputs import LineChanges
from domain.billing.model import LineStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState, Event
from domain.kernel.actors import Role
from domain.kernel.errors import Code, Refused
from domain.operator.model import OperatorSettings
from domain.orders.inputs import CancellationReason, OptionalComment, RequiredReason
from domain.orders.model import OrderStatus
from domain.parties.model import CustomerKind
from domain.supplements.model import Supplement, SupplementStatus
from tests.makers.accounts import an_account
from tests.makers.billing import lines_of, move_line, who_was_told
from tests.makers.deliveries import an_active_order
from tests.makers.orders import LONG_REASON
from tests.makers.parties import STAFF
from tests.makers.supplements import REASON, SupplementCase, a_supplement, customers_are_asked, propose
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

END = berlin(2026, 4, 16)  # 14 days after 1 April, inclusive


async def reason_of_confirming(case: SupplementCase) -> str:
    with pytest.raises(Refused) as refused:
        await move_line(case.line, "confirm")
    return refused.value.refusals[0].reason


async def test_a_proposal_that_grows_the_total_asks_the_customer() -> None:
    case = await a_supplement()

    terms = case.supplement
    assert (terms.status, terms.text, terms.net_cents, terms.vat_cents) == ("OPEN", "Another workshop", 25_000, 4_750)
    assert (terms.valid_until, case.line.status) == (date(2026, 4, 15), LineStatus.ON_HOLD)
    assert await who_was_told("supplement.offer") == [Role.CUSTOMER]


async def test_without_the_setting_nobody_is_asked() -> None:
    await propose(await an_active_order())

    assert not await Supplement.exists()


async def test_a_proposal_in_place_of_a_canceled_planned_invoice_asks_nobody() -> None:
    await customers_are_asked()
    case = await an_active_order()
    (planned,) = await lines_of(case)
    await move_line(planned, "cancel")

    await propose(case, "500.00")
    assert not await Supplement.exists()

    await propose(case, "0.01")
    assert await Supplement.all().count() == 1


async def test_finance_confirms_the_line_only_after_the_customer() -> None:
    case = await a_supplement()
    assert await reason_of_confirming(case) == "supplement_unanswered"

    await case.move("confirm")
    line = await move_line(case.line, "confirm")

    assert (case.supplement.status, line.status) == (SupplementStatus.CONFIRMED, LineStatus.CONFIRMED)
    assert (case.supplement.answered_by, case.supplement.answered_at) == ("Kim Kontakt", berlin(2026, 4, 1, 10))
    await case.around.order.refresh_from_db()
    assert case.around.order.status is OrderStatus.ACTIVE


async def test_the_event_of_the_confirmation_keeps_who_agreed_to_which_terms() -> None:
    case = await a_supplement(SupplementStatus.CONFIRMED)

    event = await Event.get(subject_id=case.supplement.id, name="supplement.confirm")

    kept = {name: event.body[name] for name in ("name", "text", "net_cents", "invoice_on")}
    assert kept == {
        "name": "Kim Kontakt",
        "text": "Another workshop",
        "net_cents": 25_000,
        "invoice_on": "2026-05-20",
    }


async def test_a_declined_supplement_cancels_its_line_and_the_order_goes_on() -> None:
    case = await a_supplement(SupplementStatus.DECLINED)

    await case.around.order.refresh_from_db()
    assert (case.line.status, case.around.order.status) == (LineStatus.CANCELED, OrderStatus.ACTIVE)
    assert case.supplement.decline_reason == "Too much."
    assert sorted(await who_was_told("supplement.decline")) == [Role.MEMBER]
    assert await who_was_told("line.cancel") == []


async def test_a_declined_line_is_not_confirmed_even_when_it_is_restored_and_nobody_is_asked_any_more() -> None:
    case = await a_supplement(SupplementStatus.DECLINED)
    await OperatorSettings.all().update(supplements_are_confirmed=False)
    case.line = await move_line(case.line, "restore")

    assert await reason_of_confirming(case) == "supplement_not_confirmed"


async def test_a_restored_line_asks_the_customer_again() -> None:
    case = await a_supplement(SupplementStatus.DECLINED)

    await move_line(case.line, "restore")

    asked = await Supplement.filter(line_id=case.line.id).order_by("id")
    assert [each.status for each in asked] == [SupplementStatus.DECLINED, SupplementStatus.OPEN]


@pytest.mark.parametrize("the_clock_has_run", [True, False])
async def test_a_late_answer_meets_the_end_whether_the_clock_has_run_or_not(the_clock_has_run: bool) -> None:
    case = await a_supplement()
    await the_clock_shows(END)
    if the_clock_has_run:
        await fire_due_deadlines()

    with pytest.raises(Refused) as refused:
        await case.move("confirm")

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.due_at) == (Code.DEADLINE_PASSED, END)
    assert (case.supplement.status, case.line.status) == (SupplementStatus.EXPIRED, LineStatus.CANCELED)


async def test_it_is_open_until_the_last_second_of_its_last_day() -> None:
    case = await a_supplement()
    await the_clock_shows(END - timedelta(seconds=1))
    await fire_due_deadlines()

    await case.move("confirm")

    assert case.supplement.status is SupplementStatus.CONFIRMED
    assert await Deadline.exists(kind="supplement.lastDay", state=DeadlineState.FIRED)


async def test_the_member_the_customer_and_finance_hear_of_an_expired_one() -> None:
    await an_account(Role.FINANCE)

    await a_supplement(SupplementStatus.EXPIRED)

    assert sorted(await who_was_told("supplement.expire")) == [Role.CUSTOMER, Role.FINANCE, Role.MEMBER]


async def test_what_the_customer_was_asked_about_is_not_amended_but_its_date() -> None:
    case = await a_supplement(SupplementStatus.CONFIRMED)

    dated = await move_line(case.line, "amend", takes=LineChanges(invoice_on=date(2026, 6, 1), text=case.line.text))
    with pytest.raises(Refused) as refused:
        await move_line(case.line, "amend", takes=LineChanges(text="Something else"))

    assert dated.invoice_on == date(2026, 6, 1)
    assert [(each.reason, each.path) for each in refused.value.refusals] == [("supplement_fixes_terms", ("text",))]


async def test_a_canceled_line_withdraws_its_supplement() -> None:
    case = await a_supplement()

    await move_line(case.line, "cancel", takes=REASON)

    await case.refresh()
    assert case.supplement.status is SupplementStatus.WITHDRAWN


async def test_nobody_answers_during_a_cancellation_review_and_a_day_is_left_afterwards() -> None:
    case = await a_supplement()
    around = case.around
    await around.move("requestCancellation", around.by_member, CancellationReason(reason=LONG_REASON))
    with pytest.raises(Refused) as refused:
        await case.move("confirm")
    await the_clock_shows(berlin(2026, 4, 20, 10))
    await fire_due_deadlines()
    await case.refresh()
    assert case.supplement.status is SupplementStatus.OPEN

    await around.move("refuseCancellation", STAFF, RequiredReason(reason="It goes on."))
    await case.refresh()

    assert refused.value.refusals[0].reason == "supplement_is_paused"
    assert case.supplement.valid_until == date(2026, 4, 21)


async def test_the_cancellation_of_the_order_withdraws_it() -> None:
    case = await a_supplement()
    around = case.around
    await around.move("requestCancellation", around.by_member, CancellationReason(reason=LONG_REASON))

    await around.move("approveCancellation", STAFF, OptionalComment())

    await case.refresh()
    assert (case.supplement.status, case.line.status) == (SupplementStatus.WITHDRAWN, LineStatus.CANCELED)


async def test_a_consumer_gets_a_confirmation_and_a_business_none() -> None:
    await a_supplement(SupplementStatus.CONFIRMED)
    assert Role.CUSTOMER not in await who_was_told("supplement.confirm")

    case = await a_supplement(SupplementStatus.CONFIRMED, kind=CustomerKind.CONSUMER)

    assert case.supplement.withdrawal is not None
    assert Role.CUSTOMER in await who_was_told("supplement.confirm")


async def test_an_order_with_an_open_supplement_is_not_archived() -> None:
    case = await a_supplement()

    with pytest.raises(Refused) as refused:
        await case.around.move("archive", STAFF)

    assert refused.value.refusals[0].reason == "supplement_awaits_answer"
