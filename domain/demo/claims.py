"""The demo's claims: the first member, whose invoices were paid, claims of the budget, one claim in each state."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.budgets.model import MemberBudget
from domain.bulk.lifecycle import CLAIM_BULK
from domain.claims.inputs import ClaimDraft, ClaimFiles, Decision, PaidOn, PaymentFileInput, ReceiptInput
from domain.claims.model import ClaimKind
from domain.commands import execute
from domain.demo.bulk_operations import start_operation
from domain.demo.files import upload_files
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.members.inputs import MemberDetails

CLAIMANT = "member"
HOME = {"street": "Werkstraße 7", "postcode": "10999", "city": "Berlin", "country": "DE"}
MEMBER_IBAN = "DE02500105170137075030"
PRINTER_IBAN = "AT611904300234573201"
PAID, IN_PAYMENT, APPROVED, REJECTED, CANCELED, SUBMITTED = (
    "paid",
    "in payment",
    "approved",
    "rejected",
    "canceled",
    "submitted",
)
DECIDED = (PAID, IN_PAYMENT, APPROVED)


async def play_claims(player: ScenarioPlayer) -> None:
    """Make and move the claims; an interrupted seed makes nothing twice."""
    member_id = player.participants.members[CLAIMANT].id
    budget: Any = await MemberBudget.get_or_none(member_id=member_id)
    if not budget or budget.received_cents <= 0:
        return
    member = player.participants.actors[CLAIMANT]
    await _know_bank_account(player, member, member_id)
    tenth = budget.received_cents // 10
    claims = {
        standing: await _submitted(player, member, standing, entry) for standing, entry in _entries(player, tenth)
    }
    await _draft(player, member, "draft", _expenses(player))
    await _decide(player, member, claims)


def _entries(player: ScenarioPlayer, cents: int) -> list[tuple[str, ClaimDraft]]:
    amount = Decimal(cents) / 100
    return [
        (PAID, _payout("Auszahlung Vormonat", amount)),
        (IN_PAYMENT, _payout("Auszahlung", amount)),
        (APPROVED, _journey(player)),
        (REJECTED, _payout("Vorschuss", amount)),
        (CANCELED, _payout("Doppelt beantragt", amount)),
        (
            SUBMITTED,
            ClaimDraft(
                kind=ClaimKind.DIRECT_PAYMENT,
                purpose="Rechnung der Druckerei 2026-117",
                amount=min(amount, Decimal("64.90")),
                payee_name="Druckerei Donau",
                payee_iban=PRINTER_IBAN,
            ),
        ),
    ]


def _payout(purpose: str, amount: Decimal) -> ClaimDraft:
    return ClaimDraft(kind=ClaimKind.PAYOUT, purpose=purpose, amount=amount)


def _journey(player: ScenarioPlayer) -> ClaimDraft:
    return ClaimDraft(
        kind=ClaimKind.TRAVEL,
        purpose="Workshop in Leipzig",
        country="DE",
        departed_at=player.instant(-6, 8),
        returned_at=player.instant(-6, 20),
        kilometers=60,
    )


def _expenses(player: ScenarioPlayer) -> ClaimDraft:
    day = player.today - timedelta(days=3)
    receipts = (
        ReceiptInput(spent_on=day, text="Papier", gross=Decimal("23.80"), vat_rate=Decimal(19)),
        ReceiptInput(spent_on=day, text="Fachbuch", gross=Decimal("21.40"), vat_rate=Decimal(7)),
    )
    return ClaimDraft(kind=ClaimKind.EXPENSE, purpose="Material für den Workshop", receipts=receipts)


async def _know_bank_account(player: ScenarioPlayer, member: Actor, member_id: UUID) -> None:
    details = MemberDetails(**HOME, iban=MEMBER_IBAN)
    await _move("member", "proposeDetails", member_id, details, member, "details")
    await _move("member", "confirmDetails", member_id, None, player.participants.actors["staff"], "details")


async def _draft(player: ScenarioPlayer, member: Actor, standing: str, entry: ClaimDraft) -> UUID:
    claim_id = await _move("claim", "create", None, entry, member, standing)
    if entry.kind is ClaimKind.DIRECT_PAYMENT:
        files = ClaimFiles(file_ids=await upload_files(player.store, member, None, ["Rechnung der Druckerei.pdf"]))
        await _move("claim", "attach", claim_id, files, member, standing)
    return claim_id


async def _submitted(player: ScenarioPlayer, member: Actor, standing: str, entry: ClaimDraft) -> UUID:
    claim_id = await _draft(player, member, standing, entry)
    await _move("claim", "submit", claim_id, None, member, standing)
    return claim_id


async def _decide(player: ScenarioPlayer, member: Actor, claims: dict[str, UUID]) -> None:
    finance = player.participants.actors["finance"]
    decided = tuple(claims[standing] for standing in DECIDED)
    await start_operation(CLAIM_BULK, "approve", finance, claim_ids=decided)
    reason = Decision(reason="Vorschüsse zahlen wir nicht aus. Beantragen Sie, was verfügbar ist.")
    await _move("claim", "reject", claims[REJECTED], reason, finance, REJECTED)
    await _move("claim", "cancel", claims[CANCELED], None, member, CANCELED)
    paid = PaymentFileInput(claim_ids=(claims[PAID],), execute_on=player.today)
    file_id = await _move("paymentFile", "create", None, paid, finance, PAID)
    await _move("paymentFile", "markSent", file_id, None, finance, PAID)
    await _move("claim", "recordPaid", claims[PAID], PaidOn(paid_on=player.today), finance, PAID)
    waiting = PaymentFileInput(claim_ids=(claims[IN_PAYMENT],), execute_on=player.today)
    await _move("paymentFile", "create", None, waiting, finance, IN_PAYMENT)
    await player.mail_server.accept_pending()


async def _move(noun: str, name: str, subject_id: UUID | None, input: Any, actor: Actor, standing: str) -> UUID:
    key = f"demo:{noun}:{name}:{standing}"
    command = Command(noun=noun, move=name, subject_id=subject_id, input=input, idempotency_key=key)
    return (await execute(command, actor)).subject_id
