"""Every refusal written down in the code has its sentence in both languages, with nothing left to fill in."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import domain
from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES

FOLDER = Path(domain.__path__[0])
MAKERS = {"guard_failed": 0, "invalid": 0, "deadline_passed": 0, "Refusal": 1}
BY_ITSELF = {"deadline_passed": {"due_at"}}


def refusals() -> Iterator[tuple[str, set[str]]]:
    """The reasons in the code and the values that each one brings."""
    for path in [*FOLDER.rglob("*.py"), *(FOLDER.parent / "schema").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                place = MAKERS[node.func.id]
                reason = node.args[place] if len(node.args) > place else None
                if isinstance(reason, ast.Constant):
                    brought = {each.arg for each in node.keywords if each.arg}
                    yield str(reason.value), brought | BY_ITSELF.get(node.func.id, set())


def unfilled(language: str, key: str, brought: set[str]) -> set[str]:
    """The places of a sentence that nothing fills."""
    sentence = i18n.catalogue(language).get(key, "")
    return {name for _, name, _, _ in Formatter().parse(sentence) if name} - brought


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence(language: str) -> None:
    found = list(refusals())

    assert len(found) > 50
    assert [reason for reason, _ in found if not i18n.has_translation(language, f"reason.{reason}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_filled_by_its_refusal(language: str) -> None:
    gaps = [
        (reason, kind)
        for reason, brought in refusals()
        if "params" not in brought
        for kind in ("reason", "remedy")
        if unfilled(language, f"{kind}.{reason}", brought)
    ]

    assert gaps == []
