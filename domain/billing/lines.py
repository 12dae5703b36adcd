"""The life of a billable line: what is to be invoiced, until an invoice takes it."""

from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing import deadlines, guards_lines, takes, writes_lines
from domain.billing.facts import LineFacts
from domain.billing.model import BillableLine, InvoiceStatus, LineStatus
from domain.billing.sources import LINES_SOURCE
from domain.core.actors import Role
from domain.core.lifecycle import Asks, Choice, Lifecycle, Timer, Transition
from domain.core.moment import Moment
from domain.orders.model import OrderStatus

ON_HOLD, CONFIRMED, CANCELED = LineStatus.ON_HOLD, LineStatus.CONFIRMED, LineStatus.CANCELED
FINANCE, CLOCK = frozenset({Role.FINANCE}), frozenset({Role.CLOCK})
ISSUED = frozenset({InvoiceStatus.PRINTED, InvoiceStatus.POSTED})
FAMILY = """SELECT l.order_id FROM billable_lines l WHERE l.id = $1 AND l.order_id IS NOT NULL
    UNION SELECT theirs.order_id FROM billable_lines ours
    JOIN billable_lines theirs ON theirs.invoice_id = ours.invoice_id
    WHERE ours.id = $1 AND theirs.order_id IS NOT NULL"""
LOCK_INVOICE = """SELECT i.id FROM invoices i JOIN billable_lines l ON l.invoice_id = i.id WHERE l.id = $1
    FOR UPDATE OF i"""


async def orders_around(connection: BaseDBAsyncClient, line_id: UUID) -> list[UUID]:
    """The line's order, and those whose lines are on the same invoice.

    Where there is no order to lock, the invoice itself is locked before its line, as its own moves do.
    """
    orders = [row["order_id"] for row in await connection.execute_query_dict(FAMILY, [line_id])]
    if not orders:
        await connection.execute_query(LOCK_INVOICE, [line_id])
    return orders


def first_status(row: object, moment: Moment) -> LineStatus:
    """Stands for the choice that is made when the line is written: negative lines may wait for finance."""
    return ON_HOLD if moment.operator.approval_workflow else CONFIRMED


TRANSITIONS = (
    Transition(
        name="confirm",
        doc="Finance lets the line be invoiced.",
        sources=frozenset({ON_HOLD}),
        target=CONFIRMED,
        by=FINANCE,
    ),
    Transition(
        name="hold",
        doc="Finance keeps the line from being invoiced.",
        sources=frozenset({CONFIRMED}),
        target=ON_HOLD,
        by=FINANCE,
        guards=(guards_lines.it_is_on_no_invoice,),
    ),
    Transition(
        name="cancel",
        doc="The line will not be invoiced; its planned invoice counts as settled.",
        sources=frozenset({ON_HOLD, CONFIRMED}),
        target=CANCELED,
        by=FINANCE | CLOCK,
        guards=(guards_lines.it_is_on_no_invoice,),
    ),
    Transition(
        name="restore",
        doc="A canceled line comes back, on hold.",
        sources=frozenset({CANCELED}),
        target=ON_HOLD,
        by=FINANCE,
        guards=(guards_lines.its_order_is_not_canceled,),
        writes=writes_lines.leave_a_canceled_invoice,
    ),
)

COMMANDS = (
    Transition(
        name="create",
        doc="Finance enters a line by hand.",
        by=FINANCE,
        target=Choice(among=frozenset({CONFIRMED, ON_HOLD}), of=first_status),
        creates=True,
        takes=takes.ManualLine,
        orders_of=writes_lines.orders_named,
        checks=(guards_lines.the_service_ends_after_it_starts,),
        writes=writes_lines.by_hand,
    ),
    Transition(
        name="arise",
        doc="A planned invoice of an active order becomes a line.",
        sources=frozenset({OrderStatus.ACTIVE}),
        by=CLOCK,
        target=Choice(among=frozenset({CONFIRMED, ON_HOLD}), of=first_status),
        creates=True,
        on_noun="order",
        takes=takes.PlannedLine,
        writes=writes_lines.from_planned_invoice,
    ),
    Transition(
        name="rebill",
        doc="What a cancellation invoice took back becomes a line that can be corrected and invoiced anew.",
        sources=ISSUED,
        by=CLOCK,
        target=ON_HOLD,
        creates=True,
        on_noun="invoice",
        takes=takes.RebilledItem,
        writes=writes_lines.from_reversed_item,
    ),
    Transition(
        name="amend",
        doc="Change text, quantity, price, tax or date; an invoice on hold is recomputed.",
        sources=frozenset({ON_HOLD, CONFIRMED}),
        by=FINANCE,
        takes=takes.LineChanges,
        guards=(guards_lines.its_invoice_can_still_change,),
        checks=(guards_lines.something_is_changed, guards_lines.a_shared_invoice_keeps_its_date),
        writes=writes_lines.amend,
    ),
    Transition(
        name="dateOnAcceptance",
        doc="The accepted delivery dates the line that waited for it.",
        sources=frozenset({ON_HOLD, CONFIRMED}),
        by=CLOCK,
        takes=takes.AcceptanceDate,
        guards=(guards_lines.it_is_on_no_invoice,),
        writes=writes_lines.date_on_acceptance,
    ),
)

REMINDERS = (
    Timer(
        kind="invoice.compose",
        doc="Seven days before its date a planned invoice becomes a draft that the member can check.",
        while_in=frozenset({CONFIRMED}),
        due=deadlines.compose_due,
        basis="invoice_on",
        asks=Asks(
            noun="invoice",
            move="compose",
            subject=lambda line: None,
            takes=lambda line: takes.Composition(line_ids=(line.id,)),
        ),
    ),
)

LINES = Lifecycle(
    noun="line",
    id_prefix="lin",
    model=BillableLine,
    facts=LineFacts,
    source=LINES_SOURCE,
    states=LineStatus,
    start=None,
    transitions=TRANSITIONS,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_of=orders_around,
)
