"""Effects of an invoice's moves; the engine writes status and version."""

from typing import Any

from domain.billing.guards.invoices import causes_left
from domain.billing.items import describe, differences, load_items, load_lines, rewrite_items
from domain.billing.model import HoldCause, Invoice, InvoiceStatus
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.amendments import given_values
from domain.kernel.money import vat_rate


async def hold(move: TransitionContext) -> None:
    """Hold for finance, or for the system because an order's cancellation is under review."""
    follows_the_order = move.context.actor.role is Role.CLOCK
    cause = HoldCause.CANCELLATION if follows_the_order else HoldCause.FINANCE
    await _hold(move, cause, move.input.comment if move.input else None)


async def hold_for_member(move: TransitionContext) -> None:
    await _hold(move, HoldCause.MEMBER, move.input.message)


async def hold_as_refused(move: TransitionContext) -> None:
    await _hold(move, HoldCause.APPROVAL_REFUSED, move.input.reason)


async def _hold(move: TransitionContext, cause: HoldCause, comment: str | None) -> None:
    """Add a cause; an invoice that was submitted or approved has to be so again."""
    invoice = move.row
    if not invoice.hold_causes:
        invoice.before_hold = describe(await load_items(move.connection, invoice.id), invoice)
    if cause not in invoice.hold_causes:
        invoice.hold_causes = [*invoice.hold_causes, cause]
    invoice.hold_comment = comment.strip() if comment else invoice.hold_comment
    _clear_approval(invoice)
    move.event_body |= {"cause": cause, "comment": comment}


def _clear_approval(invoice: Any) -> None:
    invoice.submitted_by_id = invoice.submitted_at = invoice.approved_by_id = invoice.ready_at = None


async def release(move: TransitionContext) -> None:
    """Lift the causes that this actor may lift; the member is notified once none is left."""
    invoice, left = move.row, causes_left(move.facts, move.context)
    now = describe(await load_items(move.connection, invoice.id), invoice)
    move.event_body |= {"changes": differences(invoice.before_hold, now), "causes_left": left}
    invoice.hold_causes = [*left]
    if left:
        move.notifies = frozenset()
        return
    invoice.hold_comment = invoice.before_hold = None
    invoice.ready_at = None if move.context.settings.approval_workflow else move.now


def submit(move: TransitionContext) -> None:
    move.row.submitted_by_id = move.context.actor.account_id
    move.row.submitted_at = move.now


def recall(move: TransitionContext) -> None:
    _clear_approval(move.row)


def approve(move: TransitionContext) -> None:
    move.row.approved_by_id = move.context.actor.account_id
    move.row.ready_at = move.now


async def redate(move: TransitionContext) -> None:
    """Give the document this date, with the tax rates of this date."""
    invoice, on = move.row, move.input.invoice_on
    move.event_body |= {"from": invoice.invoice_on, "to": on}
    invoice.invoice_on, invoice.is_redated = on, True
    await _rewrite(move, invoice)


async def set_exchange_rate(move: TransitionContext) -> None:
    """Keep the rate; the items are written anew, so that the official rules judge what they say with it."""
    invoice, rate = move.row, move.input.rate
    move.event_body |= {"from": invoice.exchange_rate, "to": rate}
    invoice.exchange_rate = rate
    await _rewrite(move, invoice)


def undo(move: TransitionContext) -> None:
    """Undo the invoice, whose lines have been freed: no number was used."""
    move.row.is_undone = True
    cancel(move)


def cancel(move: TransitionContext) -> None:
    invoice = move.row
    invoice.canceled_at = move.now
    invoice.hold_causes = []
    invoice.hold_comment = invoice.before_hold = None
    _clear_approval(invoice)


async def restore(move: TransitionContext) -> None:
    """Restore the invoice on hold, so that finance checks it before it is issued."""
    move.row.canceled_at = None
    await _hold(move, HoldCause.FINANCE, None)


async def recompute(move: TransitionContext) -> None:
    """Update the invoice on hold that an amended line belongs to: items, sums and, for a line alone, the date."""
    line = move.row
    invoice = await Invoice.get_or_none(id=line.invoice_id, using_db=move.connection)
    if invoice is None or invoice.status is not InvoiceStatus.ON_HOLD:
        return
    if "invoice_on" in given_values(move.input) and move.facts.lines_together == 1:
        invoice.invoice_on, invoice.is_redated = line.invoice_on, False
    await _rewrite(move, invoice)
    invoice.version += 1
    await invoice.save(using_db=move.connection)
    move.work.touch("invoice", invoice.id, line.order_id)


async def _rewrite(move: TransitionContext, invoice: Invoice) -> None:
    """Rewrite the items from the lines, with the tax rates of the date that finance chose, if it did."""
    lines = await load_lines(move.connection, invoice.id)
    if invoice.is_redated:
        for line in lines:
            line.vat_rate = vat_rate(line.vat_category, invoice.invoice_on)
            await line.save(using_db=move.connection, update_fields=["vat_rate"])
    await rewrite_items(move.connection, invoice, lines)
