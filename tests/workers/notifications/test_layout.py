"""Layout of mails: nothing is loaded from elsewhere, and no text becomes markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from workers.notifications.layout import MessageTexts, render_html, render_text

LETTER = MessageTexts(
    language="de",
    subject="Ihr Angebot",
    greeting="Guten Tag,",
    paragraphs=["<script>alert(1)</script>"],
    rows=[("Projekt", "A & B")],
    button="Ansehen",
    url="https://portal.example/l/1",
    link_fallback="Oder diese Adresse:",
    closing="Freundliche Grüße",
    operator="Werkstand",
)


def test_a_message_loads_nothing_from_elsewhere() -> None:
    addresses = re.findall(r"(?:src|href)=\"([^\"]+)\"|@import url\(([^)]+)\)", render_html(LETTER))

    assert {address for found in addresses for address in found if address} == {LETTER.url}


EVIL = """"'><img src=x onerror=a()></td></table></mj-text><mj-raw><script>b()</script>&lt;b&gt;]]><!--"""


class Elements(HTMLParser):
    """Names of elements and of attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}


def test_no_part_of_a_message_becomes_markup() -> None:
    message = MessageTexts(
        language="de",
        subject=EVIL,
        greeting=EVIL,
        paragraphs=[EVIL],
        rows=[(EVIL, f"{EVIL}\n{EVIL}")],
        button=EVIL,
        url="https://portal.example/l/1",
        link_fallback=EVIL,
        closing=EVIL,
        operator=EVIL,
        operator_lines=[EVIL],
        notes=[EVIL],
        unsubscribe_url="https://portal.example/u/1",
        unsubscribe_reason=EVIL,
        unsubscribe_label=EVIL,
    )

    page = render_html(message)

    assert Elements(page).names & {"img", "script", "b", "mj-raw", "mj-text", "onerror", "src"} == set()
    assert page.count("onerror=a()") > 10


def test_what_people_wrote_is_text() -> None:
    assert "<script>" not in render_html(LETTER)
    assert "A &amp; B" in render_html(LETTER)
    assert "A & B" in render_text(LETTER)


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "山田\u3000太郎", "10\u202f€", "co\xadop"]
)
def test_signs_that_join_or_part_words_stay(text: str) -> None:
    assert text in render_html(replace(LETTER, rows=[("Status", text)]))


def test_what_no_markup_can_hold_is_left_out() -> None:
    assert "from here to there" in render_html(replace(LETTER, paragraphs=["from\x00 here\x1b to\ufffe there\ud800"]))
