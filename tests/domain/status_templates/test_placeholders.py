"""Placeholders: which braces in a text are placeholders, and which are a mistake."""

import pytest

from domain.status_templates.placeholders import PLACEHOLDERS, placeholders_in, unknown_placeholder


def test_six_values_of_an_order_can_stand_in_a_text() -> None:
    assert PLACEHOLDERS == ("project", "number", "due", "expected", "provider", "customer")
    assert unknown_placeholder("{project} {number} {due} {expected} {provider} {customer}") is None


def test_placeholders_are_found_in_all_texts_and_between_umlauts() -> None:
    assert placeholders_in("Für{project}übergeben", "äöüß {due}{due}", "nothing") == {"project", "due"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{kunde}", "{kunde}"),
        ("{Project}", "{Project}"),
        ("{ project }", "{ project }"),
        ("{prüfung}", "{prüfung}"),
        ("{}", "{}"),
        ("{project.__class__}", "{project.__class__}"),
        ("until {due", "{due"),
        ("until due}", "}"),
        ("{{project}}", "{"),
        ("{project}}", "}"),
        ("{\nproject}", "{\nproject}"),
        ("%(project)s {0}", "{0}"),
    ],
)
def test_anything_else_in_braces_is_a_mistake(text: str, found: str) -> None:
    assert unknown_placeholder(text) == found


def test_a_long_mistake_is_cut_short_where_it_is_told() -> None:
    told = unknown_placeholder("{" + "x" * 2000)

    assert told is not None
    assert len(told) == 61


def test_a_mistake_is_not_used() -> None:
    assert placeholders_in("{kunde} {due") == frozenset()
