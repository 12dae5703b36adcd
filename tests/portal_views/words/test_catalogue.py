"""Everything the pages say exists in both languages and takes the same values."""

import re
from collections.abc import Iterable
from pathlib import Path
from string import Formatter

import pytest
from graphql import build_schema

from api.page_words import register_page_words
from portal_views.words.catalogue import messages, translate

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "portal_views" / "templates"
SDL = ROOT / "schema" / "sdl"
SAID = re.compile(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""")


@pytest.fixture(autouse=True)
def page_words() -> None:
    """The words that the application hands to the pages."""
    register_page_words()


def values_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_words() -> None:
    assert messages("de").keys() == messages("en").keys()


def test_a_word_takes_the_same_values_in_both_languages() -> None:
    german, english = messages("de"), messages("en")

    assert {key for key in german if values_of(german[key]) != values_of(english[key])} == set()


def test_every_word_that_a_template_says_is_there() -> None:
    said = {key for path in TEMPLATES.rglob("*.html") for key in SAID.findall(path.read_text("utf-8"))}

    assert {key for key in said if key not in messages("de") and f"{key}.one" not in messages("de")} == set()


def test_a_number_chooses_its_form() -> None:
    assert [translate("de", "time.days", n=n) for n in (1, 2)] == ["1 Tag", "2 Tage"]


def test_every_mutation_has_a_sentence_that_says_it_is_done() -> None:
    mutations = {name for path in SDL.glob("*.graphql") for name in mutations_in(path.read_text("utf-8"))}

    assert {name for name in mutations if f"done.{name}" not in messages("de")} == set()


def mutations_in(sdl: str) -> Iterable[str]:
    mutation_type = build_schema(sdl).mutation_type
    return mutation_type.fields if mutation_type else ()
