"""One term for each thing: words that pages and mails do not use (docs/glossary.md, "Words of pages and mails")."""

import re

import pytest

from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES
from portal_views.words import catalogue

BANNED = {
    "de": (
        r"Fassung",
        r"\b[Gg]estellt",
        r"angefragt|anfragen",
        r"freiwillig",
        r"[Ww]ar schon so|[Ii]st schon so",
        r"In Ihrer Sicht|Ihrer Sicht",
        r"Bestätigung durch den Betreiber|Wartet auf Kund|Storno-Prüfung",
    ),
    "en": (
        r"[Ss]omebody",
        r"[Ww]hoever",
        r"so already",
        r"[Yy]our sight",
        r"[Hh]ow content",
        r"One more stage",
    ),
}
CHIPS = re.compile(r"^(status\.(order|delivery|invoice|line|receivable|supplement|customer|membership)|plain)\.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_banned_words_do_not_come_back(language: str) -> None:
    texts = {**i18n.catalogue(language), **catalogue.messages(language)}

    found = [f"{key}: {text}" for key, text in texts.items() if re.search("|".join(BANNED[language]), text)]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_chips_begin_with_a_capital_letter(language: str) -> None:
    chips = {key: text for key, text in i18n.catalogue(language).items() if CHIPS.match(key)}

    assert len(chips) > 30
    assert [f"{key}: {text}" for key, text in chips.items() if not text[0].isupper()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_status_has_the_same_word_on_tab_and_chip(language: str) -> None:
    tabs = {name: catalogue.translate(language, f"tab.{name}") for name in ("in-review", "awaiting-customer", "active")}
    chips = i18n.catalogue(language)

    assert tabs == {name: chips[f"status.order.{name.upper().replace('-', '_')}"] for name in tabs}
