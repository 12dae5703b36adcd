"""Budgets with what came in, claims on them and payment files for tests, brought where they are wanted by moves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.budgets.inputs import Correction
from domain.budgets.model import BudgetEntry, MemberBudget
from domain.claims.inputs import ClaimDraft, Decision, PaidOn, PaymentFileInput
from domain.claims.model import Claim, ClaimKind, ClaimStatus, PaymentFile, PaymentFileStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.operator.model import OperatorSettings
from domain.parties.model import Member
from tests.makers.orders import Case
from tests.makers.parties import FINANCE
from tests.makers.receivables import Owed, a_receivable

MEMBER_IBAN = "DE02500105170137075030"
OPERATOR_IBAN = "DE02120300000000202051"


@dataclass
class Funds:
    """A member's budget, and the receivable whose payment came in."""

    owed: Owed

    @property
    def case(self) -> Case:
        return self.owed.billed.case

    @property
    def member(self) -> Actor:
        return self.case.by_member

    async def row(self) -> Any:
        return await MemberBudget.get(member_id=self.case.member.id)

    async def available_cents(self) -> int:
        row = await self.row()
        return int(row.received_cents - row.reserved_cents - row.paid_cents)

    async def entries(self) -> list[tuple[str, int]]:
        """Kind and cents of each entry, in their order."""
        rows: list[Any] = await BudgetEntry.filter(budget_id=(await self.row()).id).order_by("id")
        return [(str(row.kind), row.amount_cents) for row in rows]

    async def correct(self, amount: str) -> None:
        """Finance corrects the budget."""
        takes = Correction(amount=Decimal(amount), reason="Opening balance.")
        await execute(
            Command(noun="memberBudget", move="correct", subject_id=(await self.row()).id, input=takes), FINANCE
        )


async def some_funds(*payments: str, net: str = "500.00") -> Funds:
    """The budget of a member with a bank account, whose customer made these payments of an invoice."""
    funds = Funds(await a_receivable(*payments, net=net))
    await Member.filter(id=funds.case.member.id).update(iban=MEMBER_IBAN)
    await OperatorSettings.all().update(iban=OPERATOR_IBAN)
    return funds


def a_payout(amount: str = "100.00", purpose: str = "Payout for April") -> ClaimDraft:
    return ClaimDraft(kind=ClaimKind.PAYOUT, purpose=purpose, amount=Decimal(amount))


async def draft(funds: Funds, entry: ClaimDraft | None = None) -> Any:
    """A draft of the member."""
    outcome = await execute(Command(noun="claim", move="create", input=entry or a_payout()), funds.member)
    return await Claim.get(id=outcome.subject_id)


async def move_claim(claim: Any, name: str, takes: Any = None, actor: Actor = FINANCE) -> Any:
    """Make a move of a claim and give it back afresh."""
    await execute(Command(noun="claim", move=name, subject_id=claim.id, input=takes), actor)
    return await Claim.get(id=claim.id)


async def submitted(funds: Funds, entry: ClaimDraft | None = None) -> Any:
    """A submitted claim."""
    return await move_claim(await draft(funds, entry), "submit", actor=funds.member)


async def a_payment_file(*claims: Any, execute_on: date = date(2026, 4, 2)) -> Any:
    """The file that pays these claims, or all that are approved."""
    takes = PaymentFileInput(claim_ids=tuple(claim.id for claim in claims), execute_on=execute_on)
    outcome = await execute(Command(noun="paymentFile", move="create", input=takes), FINANCE)
    return await PaymentFile.get(id=outcome.subject_id)


async def move_file(file: Any, name: str) -> Any:
    await execute(Command(noun="paymentFile", move=name, subject_id=file.id), FINANCE)
    return await PaymentFile.get(id=file.id)


async def a_claim(status: ClaimStatus, funds: Funds | None = None) -> tuple[Funds, Any]:
    """A payout in this status."""
    funds = funds or await some_funds("595.00")
    claim = await draft(funds)
    if status is ClaimStatus.DRAFT:
        return funds, claim
    claim = await move_claim(claim, "submit", actor=funds.member)
    if status is ClaimStatus.REJECTED:
        return funds, await move_claim(claim, "reject", Decision(reason="Not now."))
    if status is ClaimStatus.CANCELED:
        return funds, await move_claim(claim, "cancel", actor=funds.member)
    if status is ClaimStatus.SUBMITTED:
        return funds, claim
    claim = await move_claim(claim, "approve")
    if status is not ClaimStatus.APPROVED:
        await a_payment_file(claim)
        claim = await Claim.get(id=claim.id)
    if status is ClaimStatus.PAID:
        claim = await move_claim(claim, "recordPaid", PaidOn(paid_on=date(2026, 4, 1)))
    return funds, claim


async def a_payment_file_in(status: PaymentFileStatus) -> tuple[Funds, Any]:
    """A payment file of one claim in this status."""
    funds, claim = await a_claim(ClaimStatus.APPROVED)
    file = await a_payment_file(claim)
    moves = {PaymentFileStatus.SENT: "markSent", PaymentFileStatus.DISCARDED: "discard"}
    return funds, await move_file(file, moves[status]) if status in moves else file
