"""Invoices, their items, parties and tax groups, as far as both schemas show the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from domain.billing.model import InvoiceKind
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n, money
from domain.kernel.money import VatCategory
from schema.declarations.fields import column, computed, embedded
from schema.shared.money import Money, TotalsFields, money_field, money_of, price_field
from schema.shared.node import Node
from schema.shared.translated_fields import translated

SELECT_ITEMS = """(SELECT coalesce(jsonb_agg(jsonb_build_array(x.vat_category, x.vat_rate::text, x.net_cents)), '[]')
    FROM invoice_items x WHERE x.invoice_id = {t}.id)"""
FROZEN_GROUPS = """coalesce((SELECT jsonb_agg(jsonb_build_array(v ->> 'category', v ->> 'rate', v -> 'net_cents',
        v -> 'vat_cents')) FROM jsonb_array_elements({t}.snapshot -> 'vat_groups') v), '[]')"""

ITEM_CURRENCY = "(SELECT i.currency FROM invoices i WHERE i.id = {t}.invoice_id)"


def _party(who: str, name: str) -> dict[str, Any]:
    frozen = f"{{t}}.snapshot->'{who}'"
    plain = ("street", "postcode", "city", "country", "vat_id", "iban", "bic", "bank_name")
    return {"name": f"{frozen}->>{name}", **{each: f"{frozen}->>'{each}'" for each in plain}}


SELLER = _party("seller", "('name_' || {language})")
BUYER = _party("buyer", "'legal_name'")


@strawberry.type(description="One of the two parties of an invoice, as frozen on the document.")
class InvoiceParty:
    """One of the two parties of an invoice."""

    name: str | None = column("{name}", description="The name.")
    street: str | None = column("{street}", description="Street and number.")
    postcode: str | None = column("{postcode}", description="The postcode.")
    city: str | None = column("{city}", description="The city.")
    country: str | None = column("{country}", description="The country, by ISO 3166.")
    vat_id: str | None = column("{vat_id}", description="The VAT identification number.")
    iban: str | None = column("{iban}", description="The bank account to pay to; of the seller only.")
    bic: str | None = column("{bic}", description="The BIC of that account.")
    bank_name: str | None = column("{bank_name}", description="The bank of that account.")


@strawberry.type(description="Everything on an invoice of one tax category and rate.")
class VatGroup:
    """Everything on an invoice of one tax category and rate."""

    category: VatCategory = strawberry.field(description="How value added tax applies.")
    category_label: str = strawberry.field(description="That in the viewer's language.")
    rate: Decimal = strawberry.field(description="The tax rate in percent.")
    net: Money = strawberry.field(description="Net sum of the group.")
    vat: Money = strawberry.field(description="The tax on that sum.")
    exemption: str | None = strawberry.field(description="Why there is no tax, where there is none.")


@dataclass(frozen=True)
class VatFacts:
    """The items of one invoice as (category, rate, net cents), its currency, and the groups of an issued document."""

    items: tuple[Any, ...] = fact(SELECT_ITEMS)
    frozen_groups: tuple[Any, ...] = fact(FROZEN_GROUPS)
    currency: str = fact("{t}.currency")


def vat_groups(invoice: VatFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[VatGroup]:
    """The groups of one invoice, highest rate first; those of an issued document as they are frozen on it."""
    return [_vat_group(group, invoice.currency, context.actor.language) for group in _groups(invoice)]


def _groups(invoice: VatFacts) -> Sequence[money.VatGroup]:
    if invoice.frozen_groups:
        return [
            money.VatGroup(VatCategory(category), Decimal(rate), net, vat)
            for category, rate, net, vat in invoice.frozen_groups
        ]
    return money.vat_groups((VatCategory(category), Decimal(rate), net) for category, rate, net in invoice.items)


def _vat_group(group: money.VatGroup, currency: str, language: str) -> VatGroup:
    exemption = f"exemption.{group.category}"
    return VatGroup(
        category=group.category,
        category_label=i18n.translate(language, f"status.vatCategory.{group.category}"),
        rate=Decimal(f"{group.rate.normalize():f}"),
        net=money_of(group.net_cents, currency, language),
        vat=money_of(group.vat_cents, currency, language),
        exemption=i18n.translate(language, exemption) if i18n.has_translation(language, exemption) else None,
    )


@strawberry.type
class InvoiceItemFields:
    """The fields of an invoice item that both schemas show."""

    position: int = column(description="Its place on the invoice, from 1.")
    text: str = column(description="What is invoiced.")
    service_from: date | None = column(description="First day of the service.")
    service_to: date | None = column(description="Last day of the service.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = price_field(
        "{t}.unit_price_cents", currency=ITEM_CURRENCY, description="Net price of one unit."
    )
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_rate: Decimal = column("trim_scale({t}.vat_rate)", description="The tax rate in percent.")
    net: Money = money_field("{t}.net_cents", currency=ITEM_CURRENCY, description="Net amount.")


@strawberry.type
class InvoiceFields(Node, TotalsFields):
    """The fields of an invoice that both schemas show."""

    id: strawberry.ID = column(id_prefix="inv", description="The invoice's identifier.")
    kind: InvoiceKind = column(description="An invoice or a cancellation invoice.")
    kind_label: str = translated("status.invoiceKind", "{t}.kind", description="That in the viewer's language.")
    number: str | None = column(description="The document's number; null until it is issued.")
    currency: str = column(description="The currency of all its amounts.")
    vat_groups: list[VatGroup] = computed(
        VatFacts, vat_groups, description="Net and tax by category and rate; tax is that of the group's sum."
    )
    exchange_rate: Decimal | None = column(
        "trim_scale({t}.exchange_rate)", description="What one euro is in its currency; null for invoices in euros."
    )
    vat_in_euro: Money | None = money_field(
        """coalesce(({t}.snapshot ->> 'vat_euro_cents')::bigint,
            CASE WHEN {t}.exchange_rate IS NOT NULL AND {t}.vat_cents <> 0
                THEN round({t}.vat_cents / {t}.exchange_rate)::bigint END)""",
        currency="'EUR'",
        description="The tax in euros, of an invoice in another currency; null where there is no tax.",
    )
    issued_on: date | None = column(description="The date the document carries.")
    due_on: date | None = column(description="Until when it is to be paid.")
    seller: InvoiceParty | None = embedded(
        **SELLER, when="{t}.snapshot IS NOT NULL", description="Who invoices, as frozen on the document."
    )
    buyer: InvoiceParty | None = embedded(
        **BUYER, when="{t}.snapshot IS NOT NULL", description="Who pays, as frozen on the document."
    )
    printed_at: datetime | None = column(description="When it was issued.")
