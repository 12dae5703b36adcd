"""Members: entered with a number, paused, resumed and ended; details are proposed and decided."""

from typing import Any
from uuid import UUID

import pytest

from domain.commands import execute
from domain.engine.commands import Command, Outcome
from domain.engine.model import Event
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.members.inputs import DetailsRefusal, MemberAmendment, MemberDetails, NewMember
from domain.orders.model import OrderStatus
from domain.parties.model import Member, MembershipStatus
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.parties import (
    ADMIN,
    FINANCE,
    LIMITED_STAFF,
    STAFF,
    a_member,
    a_member_who_signs_in,
    acting_for_member,
)
from tests.makers.records import the_events_of, the_messages
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

IBAN = "DE02120300000000202051"
PROPOSAL = MemberDetails(street="Neuer Weg 1", postcode="20095", city="Hamburg", iban="de02 1203 0000 0000 2020 51")


async def move(name: str, member_id: UUID, actor: Actor = STAFF, takes: Any = None) -> Outcome:
    return await execute(Command(noun="member", move=name, subject_id=member_id, input=takes), actor)


async def created(actor: Actor = STAFF, **entry: Any) -> Member:
    outcome = await execute(Command(noun="member", move="create", input=NewMember(**entry)), actor)
    return await Member.get(id=outcome.subject_id)


async def reasons_of(refused_move: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        await refused_move
    return [each.reason for each in refused.value.refusals]


@pytest.mark.parametrize("actor", [STAFF, ADMIN])
async def test_a_new_member_is_active_and_has_the_next_number(actor: Actor) -> None:
    await created(actor, number=730, name="Erste")

    member = await created(actor, name=" Zweite ")

    assert (member.number, member.name, member.status) == (731, "Zweite", MembershipStatus.ACTIVE)


async def test_a_number_is_given_once_and_the_next_one_is_named() -> None:
    await created(number=730, name="Erste")

    with pytest.raises(Refused) as refused:
        await created(number=730, name="Zweite")

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.params["next"]) == ("member_number_taken", "00731")


@pytest.mark.parametrize("number", [0, 100_000])
async def test_a_number_has_up_to_five_digits(number: int) -> None:
    assert (await reasons_of(created(number=number, name="Erste")))[0].startswith("number_too_")


async def test_finance_members_and_limited_employees_enter_no_members() -> None:
    by_member = acting_for_member(await a_member())

    assert await reasons_of(created(FINANCE, name="Erste")) == ["not_your_move"]
    assert await reasons_of(created(by_member, name="Erste")) == ["not_your_move"]
    assert await reasons_of(created(LIMITED_STAFF, name="Erste")) == ["needs_all_orders"]


async def test_a_paused_member_submits_nothing_new_and_what_runs_goes_on() -> None:
    running, draft = await an_order(OrderStatus.IN_REVIEW), await an_order()
    for case in (running, draft):
        await move("pause", case.member.id)

    await running.move("approve", STAFF)
    refused = await reasons_of(draft.move("submit", draft.by_member))

    assert (running.order.status, refused) == (OrderStatus.AWAITING_CUSTOMER, ["membership_not_active"])


async def test_a_resumed_member_submits_again_and_hears_of_both() -> None:
    case = await an_order(member=await a_member_who_signs_in())
    await move("pause", case.member.id)

    await move("resume", case.member.id)
    await case.move("submit", case.by_member)

    assert case.order.status is OrderStatus.IN_REVIEW
    assert [await the_messages(f"member.{name}") for name in ("pause", "resume")] == [["MEMBER"], ["MEMBER"]]


async def test_an_ended_member_submits_nothing_any_more() -> None:
    case = await an_order()
    await move("end", case.member.id)

    assert await reasons_of(case.move("submit", case.by_member)) == ["membership_not_active"]
    assert await the_events_of(case.member.id) == ["member.end"]


async def test_running_orders_keep_a_membership_from_ending_and_are_named() -> None:
    case = await an_order(OrderStatus.IN_REVIEW)

    with pytest.raises(Refused) as refused:
        await move("end", case.member.id)

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.params["numbers"]) == ("member_has_orders", (case.order.number,))


async def test_open_deliveries_and_drafts_of_invoices_keep_a_membership_from_ending() -> None:
    await the_operator()
    delivery, billed = await a_delivery(), await an_invoice()

    assert "member_has_deliveries" in await reasons_of(move("end", delivery.around.member.id))
    assert "member_has_invoice_drafts" in await reasons_of(move("end", billed.case.member.id))


async def test_a_limited_employee_neither_pauses_nor_sees_other_members() -> None:
    case = await an_order(OrderStatus.IN_REVIEW)

    assert await reasons_of(move("pause", case.member.id, LIMITED_STAFF)) == ["not_found"]


async def test_an_amendment_changes_what_is_given_and_empties_what_is_null() -> None:
    member = await created(name="Erste")
    await move("amend", member.id, takes=MemberAmendment(street="Weg 1", iban=IBAN))

    await move("amend", member.id, takes=MemberAmendment(name="Anders", street=None))

    await member.refresh_from_db()
    assert (member.name, member.street, member.iban) == ("Anders", None, IBAN)


async def test_proposed_details_count_once_they_are_confirmed() -> None:
    member = await a_member_who_signs_in()
    await an_account()
    await move("proposeDetails", member.id, acting_for_member(member), PROPOSAL)
    before = await Member.get(id=member.id)

    await move("confirmDetails", member.id)

    await member.refresh_from_db()
    assert (before.iban, before.proposed_iban) == (None, IBAN)
    assert (member.iban, member.city, member.proposed_iban, member.proposed_at) == (IBAN, "Hamburg", None, None)
    assert [await the_messages(f"member.{name}Details") for name in ("propose", "confirm")] == [["STAFF"], ["MEMBER"]]


async def test_refused_details_leave_everything_as_it_was_and_give_the_reason() -> None:
    member = await a_member_who_signs_in()
    await move("proposeDetails", member.id, acting_for_member(member), PROPOSAL)

    await move("refuseDetails", member.id, takes=DetailsRefusal(reason="Not your account."))

    await member.refresh_from_db()
    assert (member.iban, member.proposed_iban) == (None, None)
    assert await reasons_of(move("confirmDetails", member.id)) == ["no_details_proposed"]


async def test_a_wrong_iban_is_refused_and_nothing_is_written() -> None:
    member = await a_member()
    wrong = MemberDetails(street="Weg 1", postcode="20095", city="Hamburg", iban="DE03120300000000202051")

    assert await reasons_of(move("proposeDetails", member.id, acting_for_member(member), wrong)) == ["iban_invalid"]
    assert (await Member.get(id=member.id)).proposed_at is None


async def test_a_member_proposes_for_no_other_member() -> None:
    somebody, other = await a_member(), await a_member("Other")

    assert await reasons_of(move("proposeDetails", other.id, acting_for_member(somebody), PROPOSAL)) == ["not_found"]


async def test_no_event_holds_a_bank_account() -> None:
    member = await a_member()
    await move("amend", member.id, takes=MemberAmendment(iban=IBAN))

    event = await Event.get(subject_id=member.id)

    assert IBAN not in str(event.body)
