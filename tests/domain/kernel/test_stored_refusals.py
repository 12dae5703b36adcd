"""Refusals that are stored come back as they were, in the reader's language."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.kernel.errors import Code, Refusal, deadline_passed, guard_failed, invalid
from domain.kernel.languages import LocalizedText
from domain.kernel.money import Money
from domain.kernel.stored_refusals import dump, load
from domain.orders.model import OrderStatus

ENDED_AT = datetime(2026, 4, 1, 16, tzinfo=UTC)


def stored(refusal: Refusal) -> dict[str, object]:
    """As the database gives it back."""
    row: dict[str, object] = json.loads(json.dumps(dump(refusal)))
    return row


@pytest.mark.parametrize(
    "value",
    [
        "Anna",
        "",
        7,
        True,
        None,
        Decimal("1.250"),
        ENDED_AT,
        date(2026, 4, 1),
        Money(-12_50, "EUR"),
        ("one", "two"),
        (),
        (date(2026, 4, 1), Decimal(3)),
    ],
)
def test_every_kind_of_parameter_survives(value: object) -> None:
    refusal = guard_failed("some_reason", value=value)

    loaded = load(stored(refusal), "en")

    assert loaded == refusal
    assert type(loaded.params["value"]) is type(value)


def test_code_path_and_deadline_survive() -> None:
    for refusal in (invalid("wrong", "items", "0", "net"), deadline_passed("offer_has_ended", ENDED_AT)):
        assert load(stored(refusal), "de") == refusal


def test_texts_of_people_are_read_in_the_language_of_the_reader() -> None:
    row = stored(guard_failed("stage_is_full", stage=LocalizedText("Eng", "Narrow")))

    assert load(row, "de").params["stage"] == "Eng"
    assert load(row, "en").params["stage"] == "Narrow"


def test_states_are_read_in_the_language_of_the_reader() -> None:
    row = stored(guard_failed("not_in_this_state", states=(OrderStatus.DRAFT, OrderStatus.ACTIVE)))

    assert load(row, "de").params["states"] == ("Entwurf", "Aktiv")
    assert load(row, "en").params["states"] == ("Draft", "Active")


def test_a_row_without_an_instant_of_its_own_has_that_of_its_parameters() -> None:
    row = {
        "code": "DEADLINE_PASSED",
        "reason": "offer_has_ended",
        "params": {"due_at": {"instant": ENDED_AT.isoformat()}, "states": ["DRAFT"]},
        "path": [],
    }

    loaded = load(row, "en")

    assert (loaded.code, loaded.due_at) == (Code.DEADLINE_PASSED, ENDED_AT)
    assert loaded.params["states"] == ("DRAFT",)
