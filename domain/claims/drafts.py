"""A stored draft of a claim as the input that would make it, so that an amendment changes parts of it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.claims.inputs import ClaimDraft, ReceiptInput
from domain.claims.model import ClaimKind, ClaimReceipt
from domain.database.row_writes import load_rows

WITH_AMOUNT = frozenset({ClaimKind.PAYOUT, ClaimKind.DIRECT_PAYMENT})
COUNTS = ("kilometers", "breakfasts", "lunches", "dinners")


async def draft_of(connection: BaseDBAsyncClient, claim: Any) -> ClaimDraft:
    """The input by which the draft was made."""
    receipts = await load_rows(connection, ClaimReceipt, "t.claim_id = $1 ORDER BY t.position", claim.id)
    return ClaimDraft(
        kind=claim.kind,
        purpose=claim.purpose,
        order_id=claim.for_order_id,
        amount=Decimal(claim.amount_cents) / 100 if claim.kind in WITH_AMOUNT else None,
        payee_name=claim.payee_name,
        payee_iban=claim.payee_iban,
        receipts=tuple(_receipts(receipts)),
        **_journey(claim.travel),
    )


def _receipts(rows: Sequence[Any]) -> Sequence[ReceiptInput]:
    return [
        ReceiptInput(
            spent_on=row.spent_on,
            text=row.text,
            gross=Decimal(row.gross_cents) / 100,
            vat_rate=row.vat_rate,
        )
        for row in rows
    ]


def _journey(travel: Any) -> dict[str, Any]:
    if not travel:
        return {}
    instants = {name: datetime.fromisoformat(travel[name]) for name in ("departed_at", "returned_at")}
    return {"country": travel["country"], **instants, **{name: travel[name] for name in COUNTS}}
