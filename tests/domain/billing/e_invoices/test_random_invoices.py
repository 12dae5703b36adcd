"""Invoices of any contents pass the official rules in every profile, and so do their reversals."""

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.billing.documents.rendering import xml_of
from domain.billing.e_invoices.mapping import e_invoice_of
from domain.billing.e_invoices.profiles import Profile
from domain.billing.e_invoices.validation import Validator
from domain.kernel.money import VatCategory, euro_cents
from tests.makers.snapshots import a_reversal, a_snapshot, an_item

MIXED = [category for category in VatCategory if category is not VatCategory.OUT_OF_SCOPE]
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))
TEXTS = st.text(LETTERS, min_size=1, max_size=200).map(str.strip).filter(bool)
QUANTITIES = st.decimals("0.0001", "9999.9999", places=4).map(str)
RATES = {
    VatCategory.STANDARD: st.sampled_from(["19.00", "16.00", "19.125"]),
    VatCategory.REDUCED: st.sampled_from(["7.00", "5.00"]),
}


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    category = draw(st.sampled_from(MIXED))
    rate = draw(RATES[category]) if category in RATES else None
    price = draw(st.decimals(-200_000, 2_000_000, places=2))
    return an_item(str(price), draw(QUANTITIES), category, rate, draw(TEXTS))


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
    snapshot = a_snapshot(*rows, buyer=buyer)
    missing = -snapshot["gross_cents"]
    return in_currency(a_snapshot(*rows, an_item(2 * missing), buyer=buyer) if missing > 0 else snapshot, rate)


def in_currency(snapshot: dict[str, Any], rate: Decimal | None) -> dict[str, Any]:
    """The snapshot in Swiss francs at this rate; without one in euros."""
    if rate is None:
        return snapshot
    in_euro = euro_cents(snapshot["vat_cents"], rate)
    return snapshot | {"currency": "CHF", "exchange_rate": str(rate), "vat_euro_cents": in_euro}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(snapshot=snapshots())
def test_any_invoice_and_its_reversal_pass_the_rules(validator: Validator, snapshot: dict[str, Any]) -> None:
    for document in (snapshot, a_reversal(snapshot)):
        for profile in Profile:
            assert validator.check(xml_of(document, profile), profile) == ()


@settings(max_examples=200, deadline=None)
@given(snapshot=snapshots())
def test_a_reversal_has_the_amounts_of_its_original(snapshot: dict[str, Any]) -> None:
    original, reversal = e_invoice_of(snapshot), e_invoice_of(a_reversal(snapshot))

    assert (original.net, original.tax, original.gross) == (reversal.net, reversal.tax, reversal.gross)
    assert sum(line.net for line in reversal.lines) == reversal.net
    assert reversal.preceding is not None
    assert reversal.preceding.number == original.number
    assert all(line.price >= 0 for line in (*original.lines, *reversal.lines))
