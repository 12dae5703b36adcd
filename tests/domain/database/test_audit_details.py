"""The detail of an audit row in words, and the words of every action that is audited."""

import re
from pathlib import Path

import pytest

from domain.database.audit_details import detail_lines
from domain.kernel.i18n import has_translation
from domain.kernel.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
AUDITED = re.compile(r"""await audit\(\s*\w+,\s*"([\w.]+)\"""")


def lines_of(detail: dict[str, object], language: str = "en") -> list[tuple[str, str | None, str]]:
    return [(line.label, line.before, line.after) for line in detail_lines(detail, language)]


def test_plain_values_are_told_with_their_label() -> None:
    detail = {"address": "192.0.2.7", "role": "FINANCE", "on": True}

    assert lines_of(detail, "de") == [
        ("Netzadresse", None, "192.0.2.7"),
        ("Rolle", None, "Buchhaltung"),
        ("Eingeschaltet", None, "ja"),
    ]


def test_a_change_is_told_with_what_was_before() -> None:
    assert lines_of({"label": {"before": "old", "after": "new"}}) == [("Label", "old", "new")]


def test_of_two_whole_sides_only_what_differs_is_told() -> None:
    before, after = {"label": "same", "on": False}, {"label": "same", "on": True, "role": "STAFF"}

    assert lines_of({"before": before, "after": after}) == [("Switched on", "no", "yes"), ("Role", "–", "Staff")]


def test_lists_and_values_without_words_are_told_as_they_are() -> None:
    assert lines_of({"roles": ["STAFF", "ADMIN"], "of_none": 3}) == [
        ("Roles", None, "Staff, Administration"),
        ("of_none", None, "3"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_audited_action_has_words(language: str) -> None:
    sources = [path for folder in ("domain", "api", "workers") for path in (ROOT / folder).rglob("*.py")]
    actions = {action for path in sources for action in AUDITED.findall(path.read_text("utf-8"))}

    assert len(actions) >= 10
    assert [each for each in sorted(actions) if not has_translation(language, f"audit.action.{each}")] == []
