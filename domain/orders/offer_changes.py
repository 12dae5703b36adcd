"""The differences between two revisions of an offer, field by field, as texts in one language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from babel.dates import format_date

from domain.kernel import money
from domain.kernel.i18n import translate
from domain.kernel.languages import locale_of

Content = Mapping[str, Any]
TEXTS, DAYS, AMOUNTS = (
    ("project", "description", "customer"),
    ("service_from", "service_to"),
    ("net_cents", "vat_cents"),
)
ROWS = "planned_invoices"


@dataclass(frozen=True, kw_only=True)
class OfferChange:
    """One field that differs: its label, and what it was and is; empty where it was or is not there."""

    label: str
    before: str
    after: str


def offer_changes(before: Content, after: Content, language: str) -> list[OfferChange]:
    """What differs from one revision to the next, in the order in which an offer is read."""
    return [
        OfferChange(label=label, before=old, after=new)
        for label, old, new in _pairs(before, after, language)
        if old != new
    ]


def _pairs(before: Content, after: Content, language: str) -> Iterator[tuple[str, str, str]]:
    def label(name: str, **values: Any) -> str:
        return translate(language, f"offer_change.{name}", **values)

    for name in TEXTS:
        yield label(name), before.get(name) or "", after.get(name) or ""
    for name in DAYS:
        yield label(name), _day(before.get(name), language), _day(after.get(name), language)
    for number, (old, new) in enumerate(zip_longest(before.get(ROWS, ()), after.get(ROWS, ())), start=1):
        yield label(ROWS, number=number), _row(old, before, language), _row(new, after, language)
    for name in AMOUNTS:
        yield label(name), _amount(before, name, language), _amount(after, name, language)


def _day(value: str | None, language: str) -> str:
    return format_date(date.fromisoformat(value), "medium", locale=locale_of(language)) if value else ""


def _amount(content: Content, name: str, language: str) -> str:
    return money.formatted(int(content[name]), content["currency"], language)


def _row(row: Content | None, content: Content, language: str) -> str:
    """One planned invoice in a line: its day, its text, its own service period, quantity times price, tax."""
    if row is None:
        return ""
    price = money.formatted_price(Decimal(str(row["unit_price_cents"])), content["currency"], language)
    quantity, rate = (money.plain(Decimal(str(row[name]))) for name in ("quantity", "vat_rate"))
    period = " – ".join(_day(row.get(name), language) for name in DAYS if row.get(name))
    parts = (_day(row["invoice_on"], language), row["text"], period, f"{quantity} × {price}", f"{rate} %")
    return " · ".join(part for part in parts if part)
