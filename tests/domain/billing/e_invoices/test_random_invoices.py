"""Invoices of any contents pass the official rules in every profile, and so do their reversals, whole or in parts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.billing.documents.rendering import xml_of
from domain.billing.e_invoices.mapping import e_invoice_of
from domain.billing.e_invoices.profiles import Profile
from domain.billing.e_invoices.validation import Validator
from domain.kernel.money import Currency, VatCategory, euro_cents
from tests.makers.snapshots import a_reversal, a_snapshot, an_item, partial_reversals

MIXED = [category for category in VatCategory if category is not VatCategory.OUT_OF_SCOPE]
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))
TEXTS = st.text(LETTERS, min_size=1, max_size=200).map(str.strip).filter(bool)
QUANTITIES = st.decimals("0.0001", "9999.9999", places=4).map(str)
OTHER_CURRENCIES = st.sampled_from([each.value for each in Currency if each is not Currency.EUR])
RATES = {
    VatCategory.STANDARD: st.sampled_from(["19.00", "16.00", "19.125"]),
    VatCategory.REDUCED: st.sampled_from(["7.00", "5.00"]),
}


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    category = draw(st.sampled_from(MIXED))
    rate = draw(RATES[category]) if category in RATES else None
    price = draw(st.decimals(-200_000, 2_000_000, places=2))
    first = draw(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
    last = first + timedelta(days=draw(st.integers(0, 400)))
    period = {"service_from": str(first), "service_to": str(last)}
    return an_item(str(price), draw(QUANTITIES), category, rate, draw(TEXTS)) | period


@st.composite
def snapshots(draw: st.DrawFn) -> dict[str, Any]:
    """An invoice that is not below zero, in one of the currencies and languages; its rates may mix."""
    rows = draw(st.lists(items(), min_size=1, max_size=8))
    buyer = {
        "legal_name": draw(TEXTS),
        "street": draw(TEXTS),
        "city": draw(TEXTS),
        "language": draw(st.sampled_from(["de", "en"])),
    }
    rate = draw(st.none() | st.decimals("0.1", "30", places=6))
    parties = {"buyer": buyer, "seller": {"name_de": draw(TEXTS), "name_en": draw(TEXTS)}}
    snapshot = a_snapshot(*rows, **parties)
    missing = -snapshot["gross_cents"]
    whole = a_snapshot(*rows, an_item(2 * missing), **parties) if missing > 0 else snapshot
    return in_currency(whole, draw(OTHER_CURRENCIES), rate)


def in_currency(snapshot: dict[str, Any], currency: str, rate: Decimal | None) -> dict[str, Any]:
    """The snapshot in this currency at this rate; without one in euros."""
    if rate is None:
        return snapshot
    in_euro = euro_cents(snapshot["vat_cents"], rate)
    return snapshot | {"currency": currency, "exchange_rate": str(rate), "vat_euro_cents": in_euro}


@st.composite
def splits(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """An invoice, and the cancellation invoices that take it back part by part."""
    snapshot = draw(snapshots())
    shares = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3))
    return snapshot, partial_reversals(snapshot, shares)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(snapshot=snapshots())
def test_any_invoice_and_its_reversal_pass_the_rules(validator: Validator, snapshot: dict[str, Any]) -> None:
    for document in (snapshot, a_reversal(snapshot)):
        for profile in Profile:
            assert validator.check(xml_of(document, profile), profile) == ()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(split=splits())
def test_parts_of_any_invoice_pass_the_rules_and_are_together_what_it_is(
    validator: Validator, split: tuple[dict[str, Any], list[dict[str, Any]]]
) -> None:
    snapshot, parts = split

    for part in parts:
        for profile in Profile:
            assert validator.check(xml_of(part, profile), profile) == ()
    for name in ("net_cents", "vat_cents", "gross_cents"):
        assert sum(part[name] for part in parts) == -snapshot[name]
    if snapshot.get("vat_euro_cents"):
        assert sum(part["vat_euro_cents"] or 0 for part in parts) == -snapshot["vat_euro_cents"]


@settings(max_examples=200, deadline=None)
@given(snapshot=snapshots())
def test_a_reversal_has_the_amounts_of_its_original(snapshot: dict[str, Any]) -> None:
    original, reversal = e_invoice_of(snapshot), e_invoice_of(a_reversal(snapshot))

    assert (original.net, original.tax, original.gross) == (reversal.net, reversal.tax, reversal.gross)
    assert sum(line.net for line in reversal.lines) == reversal.net
    assert reversal.preceding is not None
    assert reversal.preceding.number == original.number
    assert all(line.price >= 0 for line in (*original.lines, *reversal.lines))
