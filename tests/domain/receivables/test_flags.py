"""Disputes and write-offs of receivables, the second person, and what members and customers are told."""

import pytest

from domain.billing.inputs import Reversal
from domain.kernel.errors import Code, Refused
from domain.operator.model import OperatorSettings
from domain.receivables.inputs import Dispute, Resolution, WriteOff
from domain.receivables.model import ReceivableStatus
from tests.makers.accounts import a_member_account
from tests.makers.billing import someone_in_finance, who_was_told
from tests.makers.parties import a_customer, acting_for_customer
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
REASON = WriteOff(reason="Insolvent.")


async def refused_reasons(owed: Owed, move: str, *arguments: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        await owed.move(move, *arguments)  # type: ignore[arg-type]
    return [each.reason for each in refused.value.refusals]


async def test_a_customer_disputes_and_finance_settles_it() -> None:
    owed = await a_receivable()
    await a_member_account(owed.billed.case.member)
    await someone_in_finance()

    await owed.move("dispute", Dispute(reason="Two days were not worked."), owed.billed.case.by_customer)

    assert (owed.row.disputed_at, owed.row.dispute_reason) == (berlin(2026, 4, 1, 10), "Two days were not worked.")
    assert sorted(await who_was_told("receivable.dispute")) == ["FINANCE", "MEMBER"]
    assert await refused_reasons(owed, "dispute", Dispute(reason="Again.")) == ["receivable_is_disputed"]

    await owed.move("resolve", Resolution(comment="One day is taken back."))

    assert (owed.row.disputed_at, owed.row.dispute_resolution) == (None, "One day is taken back.")
    assert sorted(await who_was_told("receivable.resolve")) == ["CUSTOMER", "MEMBER"]


async def test_another_customer_finds_nothing_to_dispute() -> None:
    owed, stranger = await a_receivable(), acting_for_customer(await a_customer("Kunde DEF"))

    with pytest.raises(Refused) as refused:
        await owed.move("dispute", Dispute(reason="Not mine."), stranger)

    assert [each.code for each in refused.value.refusals] == [Code.NOT_FOUND]


async def test_a_paid_invoice_is_not_disputed() -> None:
    owed = await a_receivable("595.00")

    assert await refused_reasons(owed, "dispute", Dispute(reason="Late.")) == ["not_in_this_state"]


async def test_a_full_reversal_ends_the_dispute() -> None:
    owed = await a_receivable()
    await owed.move("dispute", Dispute(reason="Never delivered."))

    await owed.billed.move("reverse", takes=Reversal(reason="Never delivered."))
    await owed.refresh()

    assert owed.row.disputed_at is None
    assert await refused_reasons(owed, "dispute", Dispute(reason="Again.")) == ["receivable_owes_nothing"]


async def test_up_to_the_limit_one_person_writes_off_what_remains() -> None:
    owed = await a_receivable("545.00")

    await owed.move("writeOff", REASON)

    assert (owed.row.status, owed.row.written_off_cents) == (ReceivableStatus.PARTLY_PAID, 50_00)
    assert await refused_reasons(owed, "writeOff", REASON) == ["receivable_has_nothing_left"]


async def test_above_the_limit_a_second_person_decides() -> None:
    owed = await a_receivable()
    first, second = await someone_in_finance("Fay First"), await someone_in_finance("Sam Second")
    assert await refused_reasons(owed, "writeOff", REASON) == ["write_off_needs_second_person"]

    await owed.move("proposeWriteOff", REASON, first)
    assert owed.row.written_off_cents == 0
    assert await refused_reasons(owed, "approveWriteOff", None, first) == ["proposer_cannot_approve_write_off"]
    await owed.move("approveWriteOff", None, second)

    (entry,) = await owed.entries()
    assert (entry.amount_cents, entry.note, entry.entered_by_id) == (-595_00, "Insolvent.", second.account_id)
    assert (owed.row.written_off_cents, owed.row.write_off_proposed_at) == (595_00, None)


async def test_the_limit_is_the_operators() -> None:
    owed = await a_receivable()
    await OperatorSettings.all().update(write_off_limit_euros=595)

    assert await refused_reasons(owed, "proposeWriteOff", REASON) == ["write_off_needs_one_person"]
    await owed.move("writeOff", REASON)

    assert owed.row.written_off_cents == 595_00


async def test_a_refused_proposal_changes_nothing() -> None:
    owed = await a_receivable()
    first = await someone_in_finance("Fay First")
    await owed.move("proposeWriteOff", REASON, first)

    await owed.move("refuseWriteOff", WriteOff(reason="They pay in May."))

    assert (owed.row.write_off_proposed_at, await owed.entries()) == (None, [])


async def test_a_payment_ends_a_proposed_write_off() -> None:
    owed = await a_receivable()
    first, second = await someone_in_finance("Fay First"), await someone_in_finance("Sam Second")
    await owed.move("proposeWriteOff", REASON, first)

    await owed.pay("10.00")

    assert await refused_reasons(owed, "approveWriteOff", None, second) == ["write_off_not_proposed"]


async def test_what_was_written_off_can_still_be_paid() -> None:
    owed = await a_receivable("545.00")
    await owed.move("writeOff", REASON)

    await owed.pay("50.00")

    assert owed.row.status is ReceivableStatus.PAID
