"""Effects of a supplement's moves on its row; the engine writes status and version."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.access.mailed_links import end_links
from domain.access.model import LinkEnd, LinkPurpose
from domain.billing.model import BillableLine
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.money import vat_cents
from domain.supplements.model import Supplement, SupplementStatus

COPIED_FIELDS = (
    "order_id",
    "currency",
    "invoice_on",
    "service_from",
    "service_to",
    "text",
    "quantity",
    "unit_price_cents",
    "vat_category",
    "vat_rate",
    "net_cents",
)
SELECT_WITHDRAWAL = """SELECT jsonb_build_object('de', s.withdrawal_de, 'en', s.withdrawal_en)::text AS notice
    FROM operator_settings s, customers c WHERE c.id = $1 AND c.kind = 'CONSUMER'"""
LEAST_DAYS_AFTER_A_PAUSE = timedelta(days=1)


async def offer(move: TransitionContext) -> Supplement:
    """Freeze what the customer is asked to confirm, the notice for a consumer included."""
    line: Any = await BillableLine.get(id=move.facts.id, using_db=move.connection)
    supplement = Supplement(
        status=SupplementStatus.OPEN,
        line_id=line.id,
        vat_cents=vat_cents(line.net_cents, line.vat_rate),
        withdrawal=await _withdrawal_notice(move, line.customer_id),
        offered_at=move.now,
        valid_until=move.context.today + timedelta(days=move.context.settings.supplement_days),
        **{name: getattr(line, name) for name in COPIED_FIELDS},
    )
    move.insert(supplement)
    move.event_body |= _terms(supplement)
    return supplement


async def _withdrawal_notice(move: TransitionContext, customer_id: UUID) -> dict[str, str] | None:
    rows = await move.connection.execute_query_dict(SELECT_WITHDRAWAL, [customer_id])
    if not rows:
        return None
    notice: dict[str, str] = json.loads(rows[0]["notice"])
    return notice


def _terms(supplement: Supplement) -> dict[str, object]:
    """The terms as the hash-chained event keeps them."""
    names = ("text", "quantity", "unit_price_cents", "net_cents", "vat_cents", "currency", "invoice_on", "valid_until")
    return {name: getattr(supplement, name) for name in names}


async def confirm(move: TransitionContext) -> None:
    """Record who agreed to what; a consumer, who now has to pay, gets a confirmation by mail (section 312f BGB)."""
    move.row.answered_by = move.input.name.strip()
    move.event_body |= _terms(move.row) | {"name": move.row.answered_by}
    if not move.facts.is_for_a_consumer:
        move.notifies -= {Role.CUSTOMER}
    await _close(move, LinkEnd.USED)


async def decline(move: TransitionContext) -> None:
    move.row.decline_reason = move.input.reason if move.input else None
    move.event_body["reason"] = move.row.decline_reason
    await _close(move, LinkEnd.USED)


async def expire(move: TransitionContext) -> None:
    await _close(move, LinkEnd.OFFER_EXPIRED)


async def withdraw(move: TransitionContext) -> None:
    await _close(move, LinkEnd.WITHDRAWN)


def resume(move: TransitionContext) -> None:
    """The supplement is open again after a pause, for a whole day at least."""
    move.row.valid_until = max(move.row.valid_until, move.context.today + LEAST_DAYS_AFTER_A_PAUSE)
    move.event_body["valid_until"] = move.row.valid_until


async def _close(move: TransitionContext, end: LinkEnd) -> None:
    move.row.answered_at = move.now
    await end_links(move.work.writes, move.row.order_id, LinkPurpose.SUPPLEMENT, end, supplement_id=move.row.id)
