"""What a transaction may pay: by number, amount, account and name, with a confidence and why."""

from uuid import uuid4

import pytest

from domain.bank.suggestions import Candidate, Incoming, SuggestionReason, is_named, is_same_name, suggestions

NUMBER, AMOUNT, IBAN, NAME = SuggestionReason


def owed(number: str = "RE-2026-00001", cents: int = 595_00, *, pays_from_iban: bool = False) -> Candidate:
    return Candidate(
        receivable_id=uuid4(),
        invoice_number=number,
        owed_cents=cents,
        customer_name="Kunde XYZ GmbH",
        pays_from_iban=pays_from_iban,
    )


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Rechnung RE-2026-00001 vom 1. April", True),
        ("re202600001", True),
        ("RE 2026 00001", True),
        ("RE-2026-000012", False),
        ("RE-2026-00002", False),
        ("", False),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, is_so: bool) -> None:
    assert is_named("RE-2026-00001", text) is is_so


@pytest.mark.parametrize(("name", "is_so"), [("KUNDE XYZ", True), ("Andere GmbH", False), ("", False)])
def test_legal_forms_make_no_name(name: str, is_so: bool) -> None:
    assert is_same_name("Kunde XYZ GmbH", name) is is_so


@pytest.mark.parametrize(
    ("incoming", "pays_from_iban", "confidence", "reasons"),
    [
        (Incoming(amount_cents=595_00, text="RE-2026-00001", name="Kunde"), True, 100, [NUMBER, AMOUNT, IBAN, NAME]),
        (Incoming(amount_cents=595_00, text="RE-2026-00001", name=""), False, 95, [NUMBER, AMOUNT]),
        (Incoming(amount_cents=100_00, text="RE-2026-00001", name=""), False, 60, [NUMBER]),
        (Incoming(amount_cents=595_00, text="", name=""), True, 55, [AMOUNT, IBAN]),
        (Incoming(amount_cents=595_00, text="", name="Kunde"), False, 45, [AMOUNT, NAME]),
    ],
)
def test_the_confidence_says_why(
    incoming: Incoming, pays_from_iban: bool, confidence: int, reasons: list[SuggestionReason]
) -> None:
    (found,) = suggestions(incoming, [owed(pays_from_iban=pays_from_iban)])

    assert (found.confidence, list(found.reasons)) == (confidence, reasons)
    assert [share.amount_cents for share in found.shares] == [incoming.amount_cents]


def test_what_fits_in_nothing_but_the_account_is_not_suggested() -> None:
    assert suggestions(Incoming(amount_cents=1, text="", name=""), [owed(pays_from_iban=True)]) == []


def test_a_collected_payment_pays_all_that_it_names() -> None:
    incoming = Incoming(amount_cents=714_00, text="RE-2026-00001 und RE-2026-00002", name="")

    best = suggestions(incoming, [owed(), owed("RE-2026-00002", 119_00)])[0]

    assert best.confidence == 95
    assert [(each.invoice_number, each.amount_cents) for each in best.shares] == [
        ("RE-2026-00001", 595_00),
        ("RE-2026-00002", 119_00),
    ]
