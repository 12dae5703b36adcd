"""Contradictions as they arise: after moves of orders and deliveries, staff is told, or the fitting template is set."""

from collections.abc import Iterable
from uuid import UUID

from domain.client_status.change import HIDE, SHOW, StatusChange
from domain.client_status.contradictions.rules import CONTRADICTS, FITTING_TEMPLATE_ID
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.writer import apply_change
from domain.engine.transition import apply_all
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import CLOCK
from domain.orders.phase import PHASE

# The moves after which a status may no longer fit.
CHANGES_PHASE = frozenset(
    {
        *(f"order.{name}" for name in ("decline", "expire", "reject", "complete", "approveCancellation")),
        *(f"delivery.{name}" for name in ("submit", "resubmit", "accept", "autoAccept", "requestRevision", "discard")),
    }
)
# The moves that show a prepared status, which is touched then.
REVEALS = frozenset({"order.submit", "order.approve"})
IS_PROTECTED = """(s.kept_until IS NOT NULL AND (s.kept_until <> 'DATE' OR s.kept_until_on >= $2::date))"""
DOES_CONTRADICT = CONTRADICTS.replace("{t}", "s").replace("{o}", "o")
# What staff was told of before is not told again, until the status or the phase is another one.
SELECT_NEW = f"""WITH over AS (UPDATE client_statuses s SET contradiction_told = NULL FROM orders o
        WHERE o.id = s.id AND s.id = ANY($1::uuid[]) AND s.contradiction_told IS NOT NULL AND NOT {DOES_CONTRADICT})
    SELECT s.id, r.applies_fitting_status AND NOT {IS_PROTECTED} AS applies,
        {FITTING_TEMPLATE_ID.replace("{o}", "o")} AS template_id
    FROM client_statuses s JOIN orders o ON o.id = s.id CROSS JOIN status_rules r
    WHERE s.id = ANY($1::uuid[]) AND {DOES_CONTRADICT}
        AND s.contradiction_told IS DISTINCT FROM concat(s.kind, ' ', {PHASE.replace("{o}", "o")})
        AND NOT EXISTS (SELECT 1 FROM pending_statuses q WHERE q.id = s.id)
    ORDER BY s.id"""


async def settle_contradictions(work: UnitOfWork) -> None:
    """Settle what the moves of this unit of work made untrue, after its automations; costs nothing for other moves.

    With the setting, a status that no text by hand protects becomes the fitting template, or is hidden where none
    fits; where that is refused, and without the setting, staff is told.
    """
    order_ids = _may_contradict(work)
    if not order_ids:
        return
    rows = await work.connection.execute_query_dict(SELECT_NEW, [sorted(order_ids), work.context.today])
    settled: set[UUID] = set()
    for template_id in {row["template_id"] for row in rows if row["applies"]}:
        ids = [row["id"] for row in rows if row["applies"] and row["template_id"] == template_id]
        settled |= await _apply(work, ids, template_id)
    await _tell(work, [row["id"] for row in rows if row["id"] not in settled])


def _may_contradict(work: UnitOfWork) -> set[UUID]:
    """The orders whose phase has changed, and those whose clients see a prepared status from now on."""
    moved = {each.order_id for each in work.events if each.name in CHANGES_PHASE and each.order_id}
    if not any(each.name in REVEALS for each in work.events):
        return moved
    return moved | {row_id for noun, row_id in work.touched if noun == "clientStatus"}


async def _apply(work: UnitOfWork, order_ids: list[UUID], template_id: UUID | None) -> frozenset[UUID]:
    """Show the template, or hide the statuses where there is none; return those for which it was possible."""
    change = StatusChange(event=HIDE, visibility=Visibility.HIDDEN, origin=StatusOrigin.AUTOMATION)
    if template_id is not None:
        change = StatusChange(
            event=SHOW, visibility=Visibility.SHOWN, template_id=template_id, origin=StatusOrigin.AUTOMATION
        )
    result = await apply_change(work, order_ids, change, work.context.as_actor(CLOCK))
    return frozenset(order_ids) - result.refused.keys()


async def _tell(work: UnitOfWork, order_ids: Iterable[UUID]) -> None:
    lifecycle = work.registry.lifecycles["clientStatus"]
    requests = [(order_id, None) for order_id in order_ids]
    if requests:
        await apply_all(work, lifecycle, lifecycle.moves["contradict"], requests, work.context.as_actor(CLOCK))
