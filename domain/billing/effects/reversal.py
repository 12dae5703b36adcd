"""Cancellation invoices: documents of their own that name the original and take back all or part of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.document_numbers import provisional_numbers
from domain.billing.effects.issue import UnissuedDocument, issue
from domain.billing.effects.reversal_sums import LeftOfInvoice, euro_tax_taken, left_of, reversal_totals
from domain.billing.inputs import ReversedItem
from domain.billing.items import load_items
from domain.billing.model import Invoice, InvoiceItem, InvoiceKind, InvoiceStatus
from domain.billing.snapshot import in_all_languages
from domain.engine import event_log
from domain.engine.event_log import NewEvent
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refused, invalid
from domain.kernel.ids import new_id
from domain.kernel.money import Money, Totals

SELECT_REVERSIBLE = """SELECT x.id, x.net_cents + coalesce(sum(r.net_cents), 0)::bigint AS left_cents,
    count(r.id) AS reversals
    FROM invoice_items x LEFT JOIN (invoice_items r JOIN invoices c ON c.id = r.invoice_id AND c.reverses_id = $1)
        ON r.line_id = x.line_id
    WHERE x.invoice_id = $1 GROUP BY x.id"""
COPIED_FIELDS = ["member_id", "customer_id", "order_id", "currency", "exchange_rate", "payment_days"]


@dataclass(frozen=True)
class ReversedPart:
    """An item of the original and how much of its net amount is taken back, in cents with the item's sign."""

    item: InvoiceItem
    amount_cents: int

    @property
    def is_whole(self) -> bool:
        net: int = self.item.net_cents
        return self.amount_cents == net


async def reversible_items(connection: BaseDBAsyncClient, invoice_id: UUID) -> dict[UUID, int]:
    """The net cents of each item that earlier cancellation invoices left; items with nothing left are absent."""
    rows = await connection.execute_query_dict(SELECT_REVERSIBLE, [invoice_id])
    return {row["id"]: row["left_cents"] for row in rows if row["left_cents"] or not row["reversals"]}


async def reverse(move: TransitionContext) -> Invoice:
    """Issue the cancellation invoice. The original stays as it is; an event of the original names the document."""
    original: Any = await Invoice.get(id=move.facts.id, using_db=move.connection)
    left_of_items = await reversible_items(move.connection, original.id)
    parts = await _parts(move, original.id, left_of_items)
    reversal_id = new_id()
    items = [_mirror(part, reversal_id, position) for position, part in enumerate(parts, start=1)]
    left = await left_of(move.connection, original.id)
    total = reversal_totals(items, left)
    takes_rest = {part.item.id: part.amount_cents for part in parts} == left_of_items
    _require_amount_to_give_back(move, total, left, takes_rest=takes_rest)
    reversal = await _document(move, original, reversal_id, total)
    await InvoiceItem.bulk_create(items, using_db=move.connection)
    facts = _reversal_facts(move, original) | {"vat_euro_cents": euro_tax_taken(total, left, original.exchange_rate)}
    parties = _parties(original)
    reversal.issued_on = move.context.today
    await issue(move, [UnissuedDocument(invoice=reversal, items=items, parties=parties, facts=facts, total=total)])
    reversal.status = InvoiceStatus.PRINTED
    await reversal.save(using_db=move.connection)
    move.event_body |= {"number": reversal.number, "original": original.number, "reason": move.input.reason}
    move.event_body["items"] = [{"item_id": part.item.id, "net_cents": part.amount_cents} for part in parts]
    await _mark_original(move, original, reversal)
    return reversal


def _require_amount_to_give_back(
    move: TransitionContext, total: Totals, left: LeftOfInvoice, *, takes_rest: bool
) -> None:
    """A cancellation invoice gives back more than nothing, and a person no more than the invoice still asks for.

    The one that takes the rest of an invoice may be over nothing, as the invoice may. A canceled order takes all of its
    items with it, even where they leave a discount of others.
    """
    if total.gross_cents > 0 or (total.gross_cents == 0 and not takes_rest):
        raise Refused(invalid("reversal_not_above_zero", "items"))
    if left.gross_cents + total.gross_cents < 0 and move.context.actor.role is not Role.CLOCK:
        raise Refused(invalid("reversal_above_rest", "items", left=Money(left.gross_cents, move.facts.currency)))


async def _parts(move: TransitionContext, original_id: UUID, left: dict[UUID, int]) -> list[ReversedPart]:
    items = {item.id: item for item in await load_items(move.connection, original_id)}
    reversed_items: Sequence[ReversedItem] = move.input.items
    if not reversed_items:
        return [ReversedPart(item, left[item.id]) for item in items.values() if item.id in left]
    if len({each.item_id for each in reversed_items}) != len(reversed_items):
        raise Refused(invalid("item_named_twice", "items"))
    return [*_wanted_parts(reversed_items, items, left, move.facts.currency)]


def _wanted_parts(
    reversed_items: Sequence[ReversedItem], items: dict[UUID, InvoiceItem], left: dict[UUID, int], currency: str
) -> Iterator[ReversedPart]:
    for position, each in enumerate(reversed_items):
        path = ("items", str(position))
        if each.item_id not in items:
            raise Refused(invalid("item_unknown", *path, "item_id"))
        left_cents = left.get(each.item_id, 0)
        amount = left_cents if each.net is None else cents_of(each.net, *path, "net")
        if abs(amount) > abs(left_cents) or amount * left_cents < 0:
            raise Refused(invalid("more_than_is_left", *path, "net", left=Money(left_cents, currency)))
        if amount == 0 and (left_cents != 0 or each.item_id not in left):
            raise Refused(invalid("nothing_to_reverse", *path, "net"))
        yield ReversedPart(items[each.item_id], amount)


async def _document(move: TransitionContext, original: Any, reversal_id: UUID, total: Totals) -> Invoice:
    """The document without its items; it is issued in the same transaction, before it can be read."""
    (number,) = await provisional_numbers(move.connection, 1)
    return await Invoice.create(
        using_db=move.connection,
        id=reversal_id,
        kind=InvoiceKind.CANCELLATION,
        status=InvoiceStatus.READY_TO_PRINT,
        reverses_id=original.id,
        provisional_number=number,
        invoice_on=move.context.today,
        net_cents=total.net_cents,
        vat_cents=total.vat_cents,
        composed_at=move.now,
        ready_at=move.now,
        created_at=move.now,
        **{name: getattr(original, name) for name in COPIED_FIELDS},
    )


def _mirror(part: ReversedPart, invoice_id: UUID, position: int) -> InvoiceItem:
    """The item with its sign reversed; a part of an item is shown as one unit of that amount."""
    item: Any = part.item
    return InvoiceItem(
        invoice_id=invoice_id,
        line_id=item.line_id,
        position=position,
        text=item.text,
        service_from=item.service_from,
        service_to=item.service_to,
        quantity=-item.quantity if part.is_whole else Decimal("-1.000"),
        unit_price_cents=item.unit_price_cents if part.is_whole else Decimal(part.amount_cents),
        vat_category=item.vat_category,
        vat_rate=item.vat_rate,
        net_cents=-part.amount_cents,
    )


def _parties(original: Invoice) -> dict[str, object]:
    """The parties as on the original, regardless of later changes."""
    return {name: (original.snapshot or {})[name] for name in ("seller", "buyer", "member", "orders")}


def _reversal_facts(move: TransitionContext, original: Invoice) -> dict[str, object]:
    reason: dict[str, str] = dict.fromkeys(("de", "en"), move.input.reason.strip())
    if move.context.actor.role is Role.CLOCK:
        reason = in_all_languages("billing.order_was_canceled", number=move.input.reason)
    return {"reverses": {"number": original.number, "issued_on": str(original.issued_on)}, "reason": reason}


async def _mark_original(move: TransitionContext, original: Any, reversal: Invoice) -> None:
    event = NewEvent(
        name=move.lifecycle.event_name(move.transition),
        subject_kind=move.lifecycle.noun,
        subject_id=original.id,
        order_id=original.order_id,
        audience=move.audience,
        body={"reversed_by": reversal.number},
    )
    await event_log.append(move.work.writes, event, move.context)
    move.work.touch("invoice", original.id, original.order_id)
