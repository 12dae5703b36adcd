"""Items of an invoice: its lines as the document shows them, and its sums."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.model import BillableLine, Invoice, InvoiceItem
from domain.billing.totals import totals_of
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
    return await BillableLine.filter(invoice_id=invoice_id).using_db(connection).order_by("id")


async def load_items(connection: BaseDBAsyncClient, invoice_id: UUID) -> list[InvoiceItem]:
    """The items of an invoice in their order."""
    return await InvoiceItem.filter(invoice_id=invoice_id).using_db(connection).order_by("position")


async def rewrite_items(connection: BaseDBAsyncClient, invoice: Invoice, lines: Sequence[BillableLine]) -> None:
    """Rewrite the items from the lines and set the invoice's sums; the caller saves the invoice."""
    await InvoiceItem.filter(invoice_id=invoice.id).using_db(connection).delete()
    items = [
        InvoiceItem(
            invoice_id=invoice.id,
            line_id=line.id,
            position=position,
            **{name: getattr(line, name) for name in COPIED_FIELDS},
        )
        for position, line in enumerate(lines, start=1)
    ]
    await InvoiceItem.bulk_create(items, using_db=connection)
    set_sums(invoice, items)


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
