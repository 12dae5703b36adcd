"""Claims: what each kind needs, what is reserved, decided, paid and returned."""

from datetime import date
from decimal import Decimal

import pytest

from domain.claims.inputs import ClaimAmendment, ClaimDraft, ClaimFiles, Decision, ReceiptInput
from domain.claims.model import ClaimKind, ClaimReceipt, ClaimStatus
from domain.kernel.errors import Refused
from domain.parties.model import Member
from domain.receivables.inputs import PaymentReversal
from tests.makers.accounts import a_member_account
from tests.makers.billing import who_was_told
from tests.makers.claims import MEMBER_IBAN, a_claim, a_payment_file, a_payout, draft, move_claim, some_funds, submitted
from tests.makers.files import a_file
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

RECEIPT = ReceiptInput(spent_on=date(2026, 3, 30), text="Paper", gross=Decimal("119.00"), vat_rate=Decimal(19))
EXPENSES = ClaimDraft(
    kind=ClaimKind.EXPENSE,
    purpose="Material",
    receipts=(
        RECEIPT,
        ReceiptInput(spent_on=date(2026, 3, 30), text="Books", gross=Decimal("10.70"), vat_rate=Decimal(7)),
    ),
)


async def test_expenses_add_up_their_receipts_and_split_the_tax() -> None:
    claim = await draft(await some_funds("595.00"), EXPENSES)

    receipts = await ClaimReceipt.filter(claim_id=claim.id).order_by("position")
    assert claim.amount_cents == 129_70
    assert [(each.gross_cents, each.vat_cents) for each in receipts] == [(119_00, 19_00), (10_70, 70)]


async def test_expenses_are_submitted_with_their_files() -> None:
    funds = await some_funds("595.00")
    claim = await draft(funds, EXPENSES)
    with pytest.raises(Refused) as refused:
        await move_claim(claim, "submit", actor=funds.member)
    assert [each.reason for each in refused.value.refusals] == ["claim_without_files"]

    file = await a_file(funds.member)
    claim = await move_claim(claim, "attach", ClaimFiles(file_ids=(file.id,)), actor=funds.member)
    claim = await move_claim(claim, "submit", actor=funds.member)

    assert claim.status is ClaimStatus.SUBMITTED
    assert await funds.available_cents() == 455_00 - 129_70


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (ClaimDraft(kind=ClaimKind.PAYOUT, purpose="P"), "amount_not_positive"),
        (ClaimDraft(kind=ClaimKind.EXPENSE, purpose="P"), "claim_without_receipts"),
        (ClaimDraft(kind=ClaimKind.TRAVEL, purpose="P", country="DE"), "journey_incomplete"),
        (ClaimDraft(kind=ClaimKind.DIRECT_PAYMENT, purpose="P", amount=Decimal(1)), "payee_unnamed"),
        (
            ClaimDraft(kind=ClaimKind.DIRECT_PAYMENT, purpose="P", amount=Decimal(1), payee_name="X", payee_iban="DE1"),
            "iban_invalid",
        ),
    ],
)
async def test_each_kind_names_what_is_missing(entry: ClaimDraft, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        await draft(await some_funds(), entry)

    assert [each.reason for each in refused.value.refusals] == [reason]


async def test_a_draft_is_amended_in_part() -> None:
    funds = await some_funds("595.00")
    claim = await draft(funds, EXPENSES)

    claim = await move_claim(claim, "amend", ClaimAmendment(purpose="Paper"), actor=funds.member)

    assert (claim.purpose, claim.amount_cents) == ("Paper", 129_70)
    assert await ClaimReceipt.filter(claim_id=claim.id).count() == 2


async def test_more_than_is_available_is_not_claimed() -> None:
    funds = await some_funds("595.00")

    with pytest.raises(Refused) as refused:
        await submitted(funds, a_payout("455.01"))

    assert [each.reason for each in refused.value.refusals] == ["budget_does_not_cover"]


async def test_without_a_bank_account_on_file_nothing_is_claimed() -> None:
    funds = await some_funds("595.00")
    await Member.filter(id=funds.case.member.id).update(iban=None)

    with pytest.raises(Refused) as refused:
        await submitted(funds)

    assert [each.reason for each in refused.value.refusals] == ["member_without_iban"]


async def test_a_rejected_claim_frees_its_amount_and_its_member_is_told() -> None:
    funds = await some_funds("595.00")
    await a_member_account(funds.case.member)
    await Member.filter(id=funds.case.member.id).update(iban=MEMBER_IBAN)
    claim = await submitted(funds)

    await move_claim(claim, "reject", Decision(reason="Not now."))

    assert await funds.available_cents() == 455_00
    assert await who_was_told("claim.reject") == ["MEMBER"]


async def test_a_clawback_below_zero_stops_approval() -> None:
    funds = await some_funds("595.00")
    claim = await submitted(funds, a_payout("400.00"))
    (payment,) = await funds.owed.entries()
    await funds.owed.move("reversePayment", PaymentReversal(entry_id=payment.id, reason="Called back."))

    with pytest.raises(Refused) as refused:
        await move_claim(claim, "approve")

    assert [each.reason for each in refused.value.refusals] == ["budget_is_overdrawn"]
    assert await funds.available_cents() == -400_00


async def test_a_paid_claim_leaves_the_budget_once() -> None:
    funds, claim = await a_claim(ClaimStatus.PAID)

    assert await funds.entries() == [
        ("INFLOW", 455_00),
        ("CLAIM_RESERVED", -100_00),
        ("CLAIM_RELEASED", 100_00),
        ("CLAIM_PAID", -100_00),
    ]
    assert claim.paid_on == date(2026, 4, 1)


async def test_a_returned_transfer_is_reserved_again_and_waits_for_another_file() -> None:
    funds, claim = await a_claim(ClaimStatus.PAID)

    claim = await move_claim(claim, "returnPayment", Decision(reason="Account closed."))

    assert (claim.status, claim.payment_file_id, claim.payee_iban) == (ClaimStatus.APPROVED, None, None)
    row = await funds.row()
    assert (row.received_cents, row.reserved_cents, row.paid_cents) == (455_00, 100_00, 0)
    assert (await a_payment_file(claim)).claim_count == 1
