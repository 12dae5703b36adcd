"""Items of an invoice: its lines as the document shows them, and its sums."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.model import BillableLine, Invoice, InvoiceItem
from domain.billing.totals import totals_of
from domain.database.row_writes import load_rows
from domain.engine.transition import TransitionContext
from domain.kernel.money import plain

COPIED_FIELDS = [
    "text",
    "service_from",
    "service_to",
    "quantity",
    "unit_price_cents",
    "vat_category",
    "vat_rate",
    "net_cents",
]
SELECT_RELATED_LINES = """SELECT l.id, l.order_id FROM billable_lines l WHERE l.invoice_id = ANY($1::uuid[])
    UNION SELECT l.id, l.order_id FROM invoice_items x JOIN billable_lines l ON l.id = x.line_id
    WHERE x.invoice_id = ANY($1::uuid[]) ORDER BY 1"""


async def load_lines(connection: BaseDBAsyncClient, invoice_id: UUID) -> list[BillableLine]:
    """The lines an invoice is composed of, oldest first."""
    return await load_lines_of(connection, [invoice_id])


async def load_lines_of(connection: BaseDBAsyncClient, invoice_ids: Sequence[UUID]) -> list[BillableLine]:
    """The lines that several invoices are composed of, oldest first."""
    return await load_rows(connection, BillableLine, "t.invoice_id = ANY($1::uuid[]) ORDER BY t.id", list(invoice_ids))


async def load_items(connection: BaseDBAsyncClient, invoice_id: UUID) -> list[InvoiceItem]:
    """The items of an invoice in their order."""
    return (await load_items_of(connection, [invoice_id]))[invoice_id]


async def load_items_of(connection: BaseDBAsyncClient, invoice_ids: Sequence[UUID]) -> Mapping[UUID, list[InvoiceItem]]:
    """The items of several invoices, by invoice, in their order; an invoice without items has an empty list."""
    items: dict[UUID, list[InvoiceItem]] = {invoice_id: [] for invoice_id in invoice_ids}
    which = "t.invoice_id = ANY($1::uuid[]) ORDER BY t.position"
    for item in await load_rows(connection, InvoiceItem, which, list(invoice_ids)):
        items[item.invoice_id].append(item)
    return items


async def rewrite_items(connection: BaseDBAsyncClient, invoice: Invoice, lines: Sequence[BillableLine]) -> None:
    """Rewrite the items from the lines and set the invoice's sums; the caller saves the invoice."""
    await InvoiceItem.filter(invoice_id=invoice.id).using_db(connection).delete()
    items = items_from(lines, invoice)
    await InvoiceItem.bulk_create(items, using_db=connection)
    set_sums(invoice, items)


def items_from(lines: Sequence[BillableLine], invoice: Invoice) -> list[InvoiceItem]:
    """New items that show these lines on the invoice."""
    return [
        InvoiceItem(
            invoice_id=invoice.id,
            line_id=line.id,
            position=position,
            **{name: getattr(line, name) for name in COPIED_FIELDS},
        )
        for position, line in enumerate(lines, start=1)
    ]


def set_sums(invoice: Invoice, items: Iterable[InvoiceItem]) -> None:
    total = totals_of(items)
    invoice.net_cents, invoice.vat_cents = total.net_cents, total.vat_cents


async def touch_related(moves: Sequence[TransitionContext]) -> None:
    """Touch the lines and orders of the invoices, whose deadlines may have changed with their moves."""
    invoice_ids = [move.row.id for move in moves]
    for row in await moves[0].connection.execute_query_dict(SELECT_RELATED_LINES, [invoice_ids]):
        moves[0].work.touch("line", row["id"], row["order_id"])


def describe(items: Iterable[InvoiceItem], invoice: Invoice) -> dict[str, object]:
    """The contents of an invoice as plain values, to compare them later."""
    return {
        "net_cents": invoice.net_cents,
        "vat_cents": invoice.vat_cents,
        "invoice_on": str(invoice.invoice_on),
        "items": [{name: _text(getattr(item, name)) for name in COPIED_FIELDS} for item in items],
    }


def _text(value: object) -> str:
    """The value as text; numbers without superfluous zeros, so that only their worth counts."""
    return plain(value) if isinstance(value, Decimal) else str(value)


def differences(before: dict[str, object] | None, after: dict[str, object]) -> dict[str, object]:
    """The values that changed, each with its old and new value; empty when nothing changed."""
    if before is None:
        return {}
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
