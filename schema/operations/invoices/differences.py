"""Differences of an invoice since it was put on hold, as its member and finance read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from domain.billing import differences
from domain.billing.differences import ItemChange
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n, money

ITEMS = """(SELECT coalesce(jsonb_agg(jsonb_build_object('text', x.text,
        'service_from', coalesce(x.service_from::text, 'None'), 'service_to', coalesce(x.service_to::text, 'None'),
        'quantity', trim_scale(x.quantity)::text, 'unit_price_cents', trim_scale(x.unit_price_cents)::text,
        'vat_category', x.vat_category, 'vat_rate', trim_scale(x.vat_rate)::text, 'net_cents', x.net_cents::text)
    ORDER BY x.position), '[]') FROM invoice_items x WHERE x.invoice_id = {t}.id)"""
NOW = f"""jsonb_build_object('net_cents', {{t}}.net_cents, 'vat_cents', {{t}}.vat_cents,
    'invoice_on', {{t}}.invoice_on, 'items', {ITEMS})"""
RELEASED = """(SELECT e.body->'changes' FROM events e WHERE e.subject_kind = 'invoice' AND e.subject_id = {t}.id
    AND e.name = 'invoice.release' ORDER BY e.sequence DESC LIMIT 1)"""
DRAFT = "{t}.number IS NULL AND {t}.status <> 'CANCELED'"


@dataclass(frozen=True)
class DifferenceFacts:
    """What the invoice was when it was put on hold, what its last release changed, and what it is now."""

    before: dict[str, Any] | None = fact("{t}.before_hold")
    released: dict[str, Any] | None = fact(RELEASED)
    now: dict[str, Any] = fact(NOW)
    currency: str = fact("{t}.currency")


@strawberry.type(description="One value that changed.")
class ValueDifference:
    """One value that changed."""

    name: str = strawberry.field(description="The name of the value.")
    label: str = strawberry.field(description="That in the viewer's language.")
    before: str | None = strawberry.field(description="What it was, as the viewer's language writes it.")
    after: str | None = strawberry.field(description="What it is now.")


@strawberry.type(description="One item of an invoice that changed.")
class ItemDifference:
    """One item of an invoice that changed."""

    position: int = strawberry.field(description="Its place on the invoice, from 1.")
    text: str = strawberry.field(description="What is invoiced.")
    change: ItemChange = strawberry.field(description="What has become of it.")
    values: list[ValueDifference] = strawberry.field(description="Its values that changed.")


@strawberry.type(description="What changed of a draft since it was put on hold, or while it was on hold last.")
class InvoiceDifference:
    """What changed of a draft."""

    values: list[ValueDifference] = strawberry.field(description="Values of the whole invoice: sums and its date.")
    items: list[ItemDifference] = strawberry.field(description="Its items that changed.")


def invoice_difference(
    invoice: DifferenceFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> InvoiceDifference | None:
    """The difference in the viewer's words; None where nothing changed."""
    if invoice.before is not None:
        found = differences.difference(invoice.before, invoice.now)
    else:
        found = differences.released_difference(invoice.released or {}, invoice.now)
    if not found:
        return None
    write = _Writer(context.actor.language, invoice.currency)
    items = [
        ItemDifference(position=each.position, text=each.text, change=each.change, values=write.values(each.values))
        for each in found.items
    ]
    return InvoiceDifference(values=write.values(found.values), items=items)


@dataclass(frozen=True)
class _Writer:
    language: str
    currency: str

    def values(self, found: Any) -> list[ValueDifference]:
        return [
            ValueDifference(
                name=each.name,
                label=i18n.translate(self.language, f"difference.{each.name}"),
                before=self._text(each.name, each.before),
                after=self._text(each.name, each.after),
            )
            for each in found
        ]

    def _text(self, name: str, value: Any) -> str | None:
        if value in (None, "None"):
            return None
        text = str(value)
        match name:
            case "text":
                return text
            case "quantity":
                return i18n.format_value(Decimal(text), self.language)
            case "vat_rate":
                number = i18n.format_value(Decimal(text), self.language)
                return i18n.translate(self.language, "document.percent", number=number)
            case "vat_category":
                return i18n.translate(self.language, f"status.vatCategory.{text}")
            case "unit_price_cents":
                return money.formatted_price(Decimal(text), self.currency, self.language)
            case "invoice_on" | "service_from" | "service_to":
                return i18n.format_value(date.fromisoformat(text), self.language)
        return money.formatted(int(text), self.currency, self.language)
