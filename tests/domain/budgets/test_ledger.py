"""The ledger as a property: whatever happens, its sum is what came in less what was paid, and claims stay covered."""

import asyncio
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from domain.budgets.inputs import Correction
from domain.budgets.model import BudgetEntry
from domain.claims.inputs import Decision, PaidOn
from domain.claims.model import Claim, ClaimStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.receivables.inputs import Payment, PaymentReversal, WriteOff
from domain.receivables.model import ReceivableEntry
from tests.makers.billing import the_operator
from tests.makers.claims import Funds, a_payment_file, a_payout, draft, move_claim, some_funds
from tests.makers.parties import FINANCE
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
TODAY = date(2026, 4, 1)
GROSS, SHARE = 595_00, 455_00


class Model:
    """What is known of one member by hand: what was paid of the invoice, corrections, and the claims."""

    def __init__(self, funds: Funds, random: Random) -> None:
        self.funds, self.random = funds, random
        self.corrected_cents = 0

    async def step(self) -> None:
        """One random move; one that is refused changes nothing."""
        moves = (self.pay, self.take_back, self.correct, self.claim, self.decide, self.settle, self.write_off)
        try:
            await self.random.choice(moves)()
        except Refused:
            return

    async def pay(self) -> None:
        amount = Decimal(self.random.randint(1, 40_000)) / 100
        await self.funds.owed.move("recordPayment", Payment(amount=amount, received_on=TODAY))

    async def take_back(self) -> None:
        payments = [entry for entry in await self.funds.owed.entries() if entry.kind == "PAYMENT"]
        if payments:
            reversal = PaymentReversal(entry_id=self.random.choice(payments).id, reason="Back.")
            await self.funds.owed.move("reversePayment", reversal)

    async def correct(self) -> None:
        cents = self.random.randint(-5_000, 5_000)
        takes = Correction(amount=Decimal(cents) / 100, reason="Correction.")
        budget = await self.funds.row()
        await execute(Command(noun="memberBudget", move="correct", subject_id=budget.id, input=takes), FINANCE)
        self.corrected_cents += cents

    async def claim(self) -> None:
        before, entry = await self.funds.available_cents(), a_payout(f"{self.random.randint(100, 30_000) / 100:.2f}")
        await move_claim(await draft(self.funds, entry), "submit", actor=self.funds.member)
        assert before >= 0
        assert await self.funds.available_cents() >= 0

    async def decide(self) -> None:
        claim = await self._claim_in(ClaimStatus.SUBMITTED)
        if claim and self.random.random() < 0.7:
            await move_claim(claim, "approve")
        elif claim:
            await move_claim(claim, "reject", Decision(reason="No."))

    async def settle(self) -> None:
        if approved := await self._claim_in(ClaimStatus.APPROVED):
            await a_payment_file(approved)
        if in_payment := await self._claim_in(ClaimStatus.IN_PAYMENT):
            await move_claim(in_payment, "recordPaid", PaidOn(paid_on=TODAY))
        elif paid := await self._claim_in(ClaimStatus.PAID):
            await move_claim(paid, "returnPayment", Decision(reason="Account closed."))

    async def write_off(self) -> None:
        if self.random.random() < 0.2:
            await self.funds.owed.move("writeOff", WriteOff(reason="Lost."))

    async def _claim_in(self, status: ClaimStatus) -> Any:
        return await Claim.filter(member_id=self.funds.case.member.id, status=status).first()

    async def require_agreement(self) -> None:
        """The formula of the ledger, computed from the bookings of the receivable and from the claims."""
        entries: list[Any] = await ReceivableEntry.filter(receivable_id=self.funds.owed.row.id)
        paid = -sum(entry.amount_cents for entry in entries if entry.kind in ("PAYMENT", "PAYMENT_REVERSAL"))
        share = SHARE if paid >= GROSS else int(Decimal(SHARE) * paid / GROSS + Decimal("0.5"))
        claims: list[Any] = await Claim.filter(member_id=self.funds.case.member.id)
        out = sum(claim.amount_cents for claim in claims if claim.status == "PAID")
        held = sum(claim.amount_cents for claim in claims if claim.status in ("SUBMITTED", "APPROVED", "IN_PAYMENT"))
        booked: list[Any] = await BudgetEntry.filter(budget_id=(await self.funds.row()).id)
        assert sum(entry.amount_cents for entry in booked) == share + self.corrected_cents - out - held


@pytest.mark.parametrize("seed", range(6))
async def test_the_ledger_agrees_with_what_happened(seed: int) -> None:
    model = Model(await some_funds(), Random(seed))

    for _ in range(30):
        await model.step()
        await model.require_agreement()


async def test_fifty_claims_at_once_never_overdraw_one_budget() -> None:
    await the_operator()
    funds = await some_funds("595.00")
    drafts = [await draft(funds, a_payout("100.00")) for _ in range(50)]

    results = await asyncio.gather(
        *(move_claim(claim, "submit", actor=funds.member) for claim in drafts), return_exceptions=True
    )

    refused = [result for result in results if isinstance(result, Refused)]
    assert {refusal.reason for each in refused for refusal in each.refusals} == {"budget_does_not_cover"}
    assert (len(results) - len(refused), len(refused)) == (4, 46)
    assert await funds.available_cents() == 55_00
