"""Translations: both languages hold the same sentences, and values are written as the language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.kernel import i18n
from domain.kernel.i18n import MissingTranslation, format_value, missing_translations, translate
from domain.kernel.money import Money

FRIDAY_18H = datetime(2026, 3, 27, 17, tzinfo=UTC)


def test_both_languages_say_the_same() -> None:
    assert missing_translations() == []


def test_a_sentence_is_filled_with_its_values() -> None:
    assert "12" in translate("en", "reason.password_too_short", shortest=12)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(MissingTranslation, match="nobody_wrote_this"):
        translate("de", "reason.nobody_wrote_this")


def test_a_place_that_stays_empty_is_an_error() -> None:
    with pytest.raises(KeyError, match="shortest"):
        translate("de", "reason.password_too_short")


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (Money(500_00, "EUR"), "500,00\N{NO-BREAK SPACE}€", "€500.00"),
        (FRIDAY_18H, "Freitag, 27. März 2026, 18:00 Uhr MEZ", "Friday, 27 March 2026, 18:00 CET"),
        (date(2026, 5, 10), "10. Mai 2026", "10 May 2026"),
        (12345, "12.345", "12,345"),
        (Decimal("1.5"), "1,5", "1.5"),
        (("a", "b", "c"), "a, b und c", "a, b and c"),
        ("{anything}", "{anything}", "{anything}"),
    ],
)
def test_values_are_written_as_the_language_does(value: object, german: str, english: str) -> None:
    assert format_value(value, "de") == german
    assert format_value(value, "en") == english


def test_instants_are_written_in_the_zone_of_the_operator() -> None:
    assert format_value(FRIDAY_18H, "en", zone="Europe/Lisbon") == "Friday, 27 March 2026, 17:00 WET"


def test_a_place_cannot_reach_into_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "catalogue", lambda language: {"greeting": "{name.__class__}"})

    with pytest.raises(KeyError):
        translate("de", "greeting", name="x")
