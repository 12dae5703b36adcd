"""Consequences for billing: of moves of orders and deliveries for lines and invoices, and among these."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.billing.effects.invoices import recompute
from domain.billing.effects.reversal import reversible_items
from domain.billing.inputs import AcceptanceDate, InvoicedLine, PlannedLine, RebilledItem, Reversal, ReversedItem
from domain.billing.items import touch_related
from domain.billing.model import LineStatus
from domain.database.row_writes import load
from domain.engine.noun import Consequence, each_alone
from domain.engine.transition import TransitionContext, apply_all, cascade
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus, PlannedInvoice

SELECT_PLANNED = """SELECT p.* FROM planned_invoices p WHERE p.order_id = ANY($1::uuid[])
    AND NOT EXISTS (SELECT 1 FROM billable_lines l WHERE l.planned_invoice_id = p.id) ORDER BY p.order_id, p.position"""
SELECT_LINES = "SELECT id FROM billable_lines WHERE order_id = $1 ORDER BY id"
SELECT_OPEN_LINES = """SELECT l.id FROM billable_lines l LEFT JOIN invoices i ON i.id = l.invoice_id
    WHERE l.order_id = ANY($1::uuid[]) AND l.status <> 'CANCELED' AND (i.id IS NULL OR i.status = 'CANCELED')
    ORDER BY l.id"""
SELECT_UNISSUED = """SELECT i.id, EXISTS (SELECT 1 FROM billable_lines o WHERE o.invoice_id = i.id
        AND (o.order_id = ANY($1::uuid[])) IS NOT TRUE) AS is_shared
    FROM invoices i WHERE i.status NOT IN ('PRINTED', 'POSTED', 'CANCELED')
    AND i.id IN (SELECT l.invoice_id FROM billable_lines l WHERE l.order_id = ANY($1::uuid[])) ORDER BY i.id"""
SELECT_RELEASABLE = """SELECT i.id FROM invoices i WHERE i.status = 'ON_HOLD' AND 'CANCELLATION' = ANY(i.hold_causes)
    AND EXISTS (SELECT 1 FROM billable_lines l WHERE l.invoice_id = i.id AND l.order_id = $1)
    AND NOT EXISTS (SELECT 1 FROM billable_lines l JOIN orders o ON o.id = l.order_id
        WHERE l.invoice_id = i.id AND o.status = 'CANCELLATION_REVIEW') ORDER BY i.id"""
SELECT_ISSUED_ITEMS = """SELECT x.invoice_id, array_agg(x.id ORDER BY x.position) AS items FROM invoice_items x
    JOIN billable_lines l ON l.id = x.line_id JOIN invoices i ON i.id = x.invoice_id
    WHERE l.order_id = $1 AND i.kind = 'INVOICE' AND i.status IN ('PRINTED', 'POSTED')
    GROUP BY x.invoice_id ORDER BY x.invoice_id"""
SELECT_INVOICE_LINES = "SELECT id FROM billable_lines WHERE invoice_id = $1 AND status = ANY($2::text[]) ORDER BY id"
SELECT_HELD_LINES = """SELECT DISTINCT l.id FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    WHERE x.invoice_id = ANY($1::uuid[]) AND l.status = 'ON_HOLD'
        AND (l.invoice_id IS NULL OR l.invoice_id = x.invoice_id) ORDER BY l.id"""
DATE_PLANNED_INVOICES = """UPDATE planned_invoices p SET invoice_on = $2 FROM orders o
    WHERE o.id = ANY($1::uuid[]) AND p.order_id = o.id AND o.completion_rule = 'ON_ACCEPTANCE' AND p.invoice_on IS NULL
    AND (SELECT count(*) FROM deliveries d WHERE d.order_id = o.id AND d.status = 'ACCEPTED')
        >= greatest(1, o.required_deliveries) RETURNING p.id"""
SELECT_UNDATED_LINES = """SELECT id FROM billable_lines WHERE planned_invoice_id = ANY($1::uuid[])
    AND invoice_id IS NULL AND status <> 'CANCELED' ORDER BY id"""


FOLLOW_CUSTOMER = (
    "UPDATE billable_lines SET customer_id = $2 WHERE customer_id = $1",
    "UPDATE invoices SET customer_id = $2 WHERE customer_id = $1",
)


async def make_lines(moves: Sequence[TransitionContext]) -> None:
    """Create the lines of orders that have become active, one per planned invoice."""
    active = {move.row.id: move.row for move in moves if move.row.status is OrderStatus.ACTIVE}
    if active:
        rows = await moves[0].connection.execute_query_dict(SELECT_PLANNED, [list(active)])
        requests = [
            (row["order_id"], PlannedLine(planned_invoice=load(PlannedInvoice, row), order=active[row["order_id"]]))
            for row in rows
        ]
        await cascade(moves, "line", "arise", requests)


async def settle_invoiced(moves: Sequence[TransitionContext]) -> None:
    """Settle what was invoiced before the orders were imported."""
    numbers = {
        (move.row.id, position): planned.invoiced_as
        for move in moves
        for position, planned in enumerate(move.input.planned_invoices, start=1)
        if planned.invoiced_as
    }
    orders = {move.row.id: move.row for move in moves}
    rows = await _rows(moves[0], SELECT_PLANNED, [*{order_id for order_id, _ in numbers}])
    requests = [
        (
            row["order_id"],
            InvoicedLine(planned_invoice=load(PlannedInvoice, row), order=orders[row["order_id"]], number=number),
        )
        for row in rows
        if (number := numbers.get((row["order_id"], row["position"])))
    ]
    await cascade(moves, "line", "importInvoiced", requests)


async def hold_invoices(move: TransitionContext) -> None:
    """Hold the invoices of an order whose cancellation is under review: none is composed, approved or issued."""
    await move.cascade("invoice", "hold", await _ids(move, SELECT_UNISSUED, [move.row.id]))
    await _touch_lines(move)


async def release_invoices(move: TransitionContext) -> None:
    """Release the order's invoices unless another of their orders is under review; an overdue compose is due again."""
    await move.cascade("invoice", "release", await _ids(move, SELECT_RELEASABLE, move.row.id))
    await _touch_lines(move)


async def cancel_billing(move: TransitionContext) -> None:
    """Cancel unissued invoices and lines, decompose shared invoices, and reverse issued ones."""
    await cancel_unissued([move])
    for row in await _rows(move, SELECT_ISSUED_ITEMS, move.row.id):
        left = await reversible_items(move.connection, row["invoice_id"])
        items = tuple(ReversedItem(item_id=item_id) for item_id in row["items"] if item_id in left)
        # A share that asks for nothing, such as a discount alone, is taken back by no cancellation invoice.
        if items and (sum(left[item.item_id] for item in items) > 0 or len(items) == len(left)):
            reversal = Reversal(reason=move.row.number, items=items)
            await move.cascade("invoice", "reverse", [row["invoice_id"]], reversal)


async def cancel_unissued(moves: Sequence[TransitionContext]) -> None:
    """Cancel the orders' drafts and lines; an invoice that is shared with others is decomposed first."""
    order_ids = [move.row.id for move in moves]
    drafts = await _rows(moves[0], SELECT_UNISSUED, order_ids)
    await cascade(moves, "invoice", "decompose", [(row["id"], None) for row in drafts if row["is_shared"]])
    await cascade(moves, "invoice", "cancel", [(row["id"], None) for row in drafts if not row["is_shared"]])
    lines = await _ids(moves[0], SELECT_OPEN_LINES, order_ids)
    await cascade(moves, "line", "cancel", [(line_id, None) for line_id in lines])


async def date_lines_on_acceptance(moves: Sequence[TransitionContext]) -> None:
    """Date the planned invoices of orders that are complete on acceptance."""
    today = moves[0].context.today
    rows = await _rows(moves[0], DATE_PLANNED_INVOICES, [move.row.order_id for move in moves], today)
    if rows:
        lines = await _ids(moves[0], SELECT_UNDATED_LINES, [row["id"] for row in rows])
        await cascade(moves, "line", "dateOnAcceptance", [(each, AcceptanceDate(accepted_on=today)) for each in lines])


async def cancel_lines(move: TransitionContext) -> None:
    lines = await _ids(move, SELECT_INVOICE_LINES, move.row.id, [LineStatus.ON_HOLD, LineStatus.CONFIRMED])
    await move.cascade("line", "cancel", lines)


async def restore_lines(move: TransitionContext) -> None:
    await _apply_as_actor(move, "restore", await _ids(move, SELECT_INVOICE_LINES, move.row.id, [LineStatus.CANCELED]))


async def confirm_lines(moves: Sequence[TransitionContext]) -> None:
    """Confirm the lines of restored invoices that finance releases or decomposes."""
    if Role.FINANCE in moves[0].context.actor.roles:
        lines = await _ids(moves[0], SELECT_HELD_LINES, [move.row.id for move in moves])
        await _apply_as_actor(moves[0], "confirm", lines)


async def rebill(move: TransitionContext) -> None:
    """Create lines from the amounts that the cancellation invoice took back."""
    if not move.input.rebill:
        return
    parts: Any = move.event_body["items"]
    for part in parts:
        await move.cascade("line", "rebill", [move.facts.id], RebilledItem(**part))


async def _apply_as_actor(move: TransitionContext, name: str, line_ids: list[UUID]) -> None:
    """Move lines as the actor who moved their invoice; the system may not make these moves."""
    lines = move.work.registry.lifecycles["line"]
    await apply_all(move.work, lines, lines.moves[name], [(line_id, None) for line_id in line_ids], move.context)


async def _touch_lines(move: TransitionContext) -> None:
    for line_id in await _ids(move, SELECT_LINES, move.row.id):
        move.work.touch("line", line_id, move.row.id)


async def _ids(move: TransitionContext, statement: str, *values: object) -> list[UUID]:
    return [row["id"] for row in await _rows(move, statement, *values)]


async def _rows(move: TransitionContext, statement: str, *values: object) -> list[dict[str, Any]]:
    return await move.connection.execute_query_dict(statement, [*values])


async def follow_customer(move: TransitionContext) -> None:
    """Lines and invoices belong to the customer that stays; what an issued document says of its customer stays too."""
    for statement in FOLLOW_CUSTOMER:
        await move.connection.execute_query(statement, [move.row.id, move.row.merged_into_id])


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "order.approve": (make_lines,),
    "order.confirm": (make_lines,),
    "order.import": (settle_invoiced, make_lines),
    "order.reject": (cancel_unissued,),
    "order.requestCancellation": (each_alone(hold_invoices),),
    "order.refuseCancellation": (each_alone(release_invoices),),
    "order.approveCancellation": (each_alone(cancel_billing),),
    "delivery.accept": (date_lines_on_acceptance,),
    "delivery.autoAccept": (date_lines_on_acceptance,),
    "customer.merge": (each_alone(follow_customer),),
    "line.amend": (each_alone(recompute),),
    "invoice.compose": (touch_related,),
    "invoice.requestChanges": (touch_related,),
    "invoice.hold": (touch_related,),
    "invoice.release": (confirm_lines, touch_related),
    "invoice.submit": (touch_related,),
    "invoice.recall": (touch_related,),
    "invoice.approve": (touch_related,),
    "invoice.reject": (touch_related,),
    "invoice.redate": (touch_related,),
    "invoice.decompose": (confirm_lines, touch_related),
    "invoice.cancel": (each_alone(cancel_lines), touch_related),
    "invoice.restore": (each_alone(restore_lines), touch_related),
    "invoice.print": (touch_related,),
    "invoice.post": (touch_related,),
    "invoice.recordSending": (touch_related,),
    "invoice.reverse": (each_alone(rebill), touch_related),
}
