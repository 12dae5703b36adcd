"""The look of letters: nothing is loaded from elsewhere, and nothing people wrote becomes markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from workers.letters.layout import Letter, as_html, as_text

LETTER = Letter(
    language="de",
    subject="Ihr Angebot",
    greeting="Guten Tag,",
    paragraphs=["<script>alert(1)</script>"],
    rows=[("Projekt", "A & B")],
    button="Ansehen",
    address="https://portal.example/l/1",
    link_in_words="Oder diese Adresse:",
    closing="Freundliche Grüße",
    operator="Werkstand",
)


def test_a_letter_loads_nothing_from_elsewhere() -> None:
    addresses = re.findall(r"(?:src|href)=\"([^\"]+)\"|@import url\(([^)]+)\)", as_html(LETTER))

    assert {address for found in addresses for address in found if address} == {LETTER.address}


EVIL = """"'><img src=x onerror=a()></td></table></mj-text><mj-raw><script>b()</script>&lt;b&gt;]]><!--"""


class Elements(HTMLParser):
    """Names of elements and of attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}


def test_no_part_of_a_letter_becomes_markup() -> None:
    letter = Letter(
        language="de",
        subject=EVIL,
        greeting=EVIL,
        paragraphs=[EVIL],
        rows=[(EVIL, f"{EVIL}\n{EVIL}")],
        button=EVIL,
        address="https://portal.example/l/1",
        link_in_words=EVIL,
        closing=EVIL,
        operator=EVIL,
        operator_lines=[EVIL],
        notes=[EVIL],
        unsubscribe="https://portal.example/u/1",
        why=EVIL,
        leave=EVIL,
    )

    page = as_html(letter)

    assert Elements(page).names & {"img", "script", "b", "mj-raw", "mj-text", "onerror", "src"} == set()
    assert page.count("onerror=a()") > 10


def test_what_people_wrote_is_text() -> None:
    assert "<script>" not in as_html(LETTER)
    assert "A &amp; B" in as_html(LETTER)
    assert "A & B" in as_text(LETTER)


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "山田\u3000太郎", "10\u202f€", "co\xadop"]
)
def test_signs_that_join_or_part_words_stay(text: str) -> None:
    assert text in as_html(replace(LETTER, rows=[("Status", text)]))


def test_what_no_markup_can_hold_is_left_out() -> None:
    assert "from here to there" in as_html(replace(LETTER, paragraphs=["from\x00 here\x1b to\ufffe there\ud800"]))
