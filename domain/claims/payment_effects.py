"""Effects of a payment file's moves: it is written once from approved claims that are locked."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.claims.inputs import PaymentFileInput
from domain.claims.model import PaymentFile
from domain.claims.transfers.values import Transfer, TransferFile
from domain.claims.transfers.writer import transfer_document
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.kernel.ids import new_id

MOST_TRANSFERS = 500
PAYER = "SELECT s.name_de AS name, s.iban, s.bic FROM operator_settings s"
PAYABLE = f"""SELECT c.id FROM claims c JOIN member_budgets b ON b.id = c.budget_id JOIN members m ON m.id = c.member_id
    WHERE c.status = 'APPROVED' AND b.received_cents - b.reserved_cents - b.paid_cents >= 0
    AND (m.iban IS NOT NULL OR c.payee_iban IS NOT NULL) ORDER BY c.submitted_at, c.id LIMIT {MOST_TRANSFERS}"""
LOCK_BUDGETS = """SELECT b.id FROM member_budgets b
    WHERE b.id IN (SELECT c.budget_id FROM claims c WHERE c.id = ANY($1::uuid[]))
    ORDER BY b.id FOR UPDATE OF b"""
LOCK_CLAIMS = """SELECT c.id, c.status, c.amount_cents, c.purpose, c.end_to_end_id,
    coalesce(c.payee_name, m.name) AS payee_name, coalesce(c.payee_iban, m.iban) AS payee_iban
    FROM claims c JOIN members m ON m.id = c.member_id WHERE c.id = ANY($1::uuid[]) ORDER BY c.id FOR UPDATE OF c"""


async def create(move: TransitionContext) -> PaymentFile:
    """Write the file; `Refused` when a claim is not approved, or the operator has no account."""
    entered: PaymentFileInput = move.input
    (payer,) = await move.connection.execute_query_dict(PAYER)
    if not payer["iban"]:
        raise Refused(guard_failed("operator_without_iban"))
    claims = await _locked_claims(move, entered.claim_ids)
    message_id = f"PAY{new_id().hex}"
    content = transfer_document(
        TransferFile(
            message_id=message_id,
            created_at=move.now,
            execute_on=entered.execute_on,
            payer_name=payer["name"],
            payer_iban=payer["iban"],
            payer_bic=payer["bic"] or "",
            transfers=[_transfer(claim) for claim in claims],
        )
    )
    file = PaymentFile(
        message_id=message_id,
        execute_on=entered.execute_on,
        claim_count=len(claims),
        amount_cents=sum(claim["amount_cents"] for claim in claims),
        content=content.decode(),
        sha256=sha256(content).hexdigest(),
        created_by_id=move.context.actor.account_id,
        created_at=move.now,
    )
    move.insert(file)
    move.event_body |= {"claim_ids": [claim["id"] for claim in claims], "sha256": file.sha256}
    return file


async def _locked_claims(move: TransitionContext, claim_ids: Sequence[UUID]) -> Sequence[Any]:
    """The claims to pay: all that can be paid where none is named. Budgets are locked before them, ids ascending."""
    ids = list(claim_ids) or [row["id"] for row in await move.connection.execute_query_dict(PAYABLE)]
    await move.connection.execute_query(LOCK_BUDGETS, [ids])
    found = {row["id"]: row for row in await move.connection.execute_query_dict(LOCK_CLAIMS, [ids])}
    if not claim_ids:
        found = {claim_id: row for claim_id, row in found.items() if row["status"] == "APPROVED"}
    for position, claim_id in enumerate(claim_ids):
        if claim_id not in found or found[claim_id]["status"] != "APPROVED" or not found[claim_id]["payee_iban"]:
            raise Refused(invalid("claim_not_payable", "claim_ids", str(position)))
    if not found:
        raise Refused(guard_failed("no_claim_is_payable"))
    return list(found.values())


def _transfer(claim: Any) -> Transfer:
    return Transfer(
        end_to_end_id=claim["end_to_end_id"],
        amount_cents=claim["amount_cents"],
        payee_name=claim["payee_name"],
        payee_iban=claim["payee_iban"],
        purpose=claim["purpose"],
    )


def mark_sent(move: TransitionContext) -> None:
    move.row.sent_at = move.now
