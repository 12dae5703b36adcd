"""Effects of a claim's moves on its row, its receipts and its files."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.claims.amounts import claimed_cents, contained_vat_cents, rates_of
from domain.claims.drafts import draft_of
from domain.claims.guards import draft_error
from domain.claims.inputs import ClaimDraft
from domain.claims.model import Claim, ClaimFile, ClaimKind, ClaimReceipt, ClaimStatus
from domain.engine.transition import TransitionContext
from domain.files import attachments
from domain.kernel.amendments import given_values
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refused, invalid
from domain.kernel.identifiers import compact_iban
from domain.kernel.ids import new_id

BUDGET_OF_MEMBER = "SELECT b.id FROM member_budgets b WHERE b.member_id = $1"
OWN_ORDER = "SELECT o.id FROM orders o WHERE o.id = $1 AND o.member_id = $2 AND o.deleted_at IS NULL"
REMOVE_RECEIPTS = "DELETE FROM claim_receipts WHERE claim_id = $1"
REMOVE_FILES = "DELETE FROM claim_files WHERE claim_id = $1 RETURNING file_id"


async def create(move: TransitionContext) -> Claim:
    """A new draft on the member's own budget."""
    claim_id, member_id = new_id(), move.context.actor.member_id
    (budget,) = await move.connection.execute_query_dict(BUDGET_OF_MEMBER, [member_id])
    claim = Claim(
        id=claim_id,
        status=ClaimStatus.DRAFT,
        budget_id=budget["id"],
        member_id=member_id,
        end_to_end_id=f"CLM{claim_id.hex}",
        created_at=move.now,
    )
    await _fill(move, claim, move.input)
    move.insert(claim)
    _insert_receipts(move, claim.id, move.input)
    return claim


async def amend(move: TransitionContext) -> None:
    """The draft with what is given; its files stay."""
    draft = replace(await draft_of(move.connection, move.row), **given_values(move.input))
    await move.connection.execute_query(REMOVE_RECEIPTS, [move.row.id])
    await _fill(move, move.row, draft)
    _insert_receipts(move, move.row.id, draft)


async def _fill(move: TransitionContext, claim: Any, draft: ClaimDraft) -> None:
    """Write the draft into the row. Raises `Refused` for one that is not possible."""
    if error := draft_error(draft, move.context):
        raise Refused(error)
    is_direct, is_travel = draft.kind is ClaimKind.DIRECT_PAYMENT, draft.kind is ClaimKind.TRAVEL
    claim.kind, claim.purpose = draft.kind, draft.purpose.strip()
    claim.for_order_id = await _own_order(move, claim.member_id, draft.order_id)
    claim.amount_cents = claimed_cents(draft, move.context)
    claim.payee_name = (draft.payee_name or "").strip() if is_direct else None
    claim.payee_iban = compact_iban(draft.payee_iban or "") if is_direct else None
    claim.travel = _travel(move, draft) if is_travel else None


def _travel(move: TransitionContext, draft: ClaimDraft) -> dict[str, object]:
    """The journey, and the rates that it was computed by."""
    rates = rates_of(draft, move.context)
    assert rates
    assert draft.departed_at
    assert draft.returned_at
    return {
        "country": rates.country,
        "departed_at": draft.departed_at.isoformat(),
        "returned_at": draft.returned_at.isoformat(),
        "kilometers": draft.kilometers,
        "breakfasts": draft.breakfasts,
        "lunches": draft.lunches,
        "dinners": draft.dinners,
        "rates_from": rates.holds_from.isoformat(),
        "source": rates.source,
    }


async def _own_order(move: TransitionContext, member_id: UUID, order_id: UUID | None) -> UUID | None:
    if order_id and not await move.connection.execute_query_dict(OWN_ORDER, [order_id, member_id]):
        raise Refused(invalid("order_unknown", "order_id"))
    return order_id


def _insert_receipts(move: TransitionContext, claim_id: UUID, draft: ClaimDraft) -> None:
    receipts = draft.receipts if draft.kind is ClaimKind.EXPENSE else ()
    for position, receipt in enumerate(receipts, start=1):
        row = ClaimReceipt(
            claim_id=claim_id,
            position=position,
            spent_on=receipt.spent_on,
            text=receipt.text.strip(),
            gross_cents=cents_of(receipt.gross, "receipts"),
            vat_rate=receipt.vat_rate,
            vat_cents=contained_vat_cents(receipt),
        )
        move.insert(row)


async def attach(move: TransitionContext) -> None:
    """Replace the files of the draft; those that are no longer attached follow their own deadlines again."""
    file_ids = tuple(dict.fromkeys(move.input.file_ids))
    if file_ids:
        await attachments.attach(move, None, file_ids)
    removed = await move.connection.execute_query_dict(REMOVE_FILES, [move.row.id])
    attachments.follow(move, [row["file_id"] for row in removed])
    for position, file_id in enumerate(file_ids, start=1):
        move.insert(ClaimFile(claim_id=move.row.id, position=position, file_id=file_id))
    move.event_body["files"] = len(file_ids)


def submit(move: TransitionContext) -> None:
    move.row.submitted_at, move.row.decided_at, move.row.decision_reason = move.now, None, None
    _tell_amount(move)


def endorse(move: TransitionContext) -> None:
    """The first of two people agrees; the claim stays submitted."""
    move.row.endorsed_at, move.row.endorsed_by_id = move.now, move.context.actor.account_id
    _tell_amount(move)


def decide(move: TransitionContext) -> None:
    """The reason stays empty for what is approved."""
    move.row.decided_at = move.now
    move.row.decision_reason = move.input.reason.strip() if move.input else None
    if move.row.decision_reason:
        move.event_body["reason"] = move.row.decision_reason
    _tell_amount(move)


def put_in_file(move: TransitionContext) -> None:
    move.row.payment_file_id = move.input.payment_file_id
    move.row.payee_name, move.row.payee_iban = move.input.payee_name, move.input.payee_iban


def leave_file(move: TransitionContext) -> None:
    """The claim waits for another file; a third party keeps its account."""
    move.row.payment_file_id = move.row.paid_on = None
    if move.row.kind is not ClaimKind.DIRECT_PAYMENT:
        move.row.payee_name = move.row.payee_iban = None


def return_payment(move: TransitionContext) -> None:
    leave_file(move)
    move.row.decision_reason = move.event_body["reason"] = move.input.reason.strip()
    _tell_amount(move)


def record_paid(move: TransitionContext) -> None:
    move.row.paid_on = move.input.paid_on
    _tell_amount(move)


def _tell_amount(move: TransitionContext) -> None:
    move.event_body |= {"kind": move.row.kind, "amount_cents": move.row.amount_cents, "currency": "EUR"}
