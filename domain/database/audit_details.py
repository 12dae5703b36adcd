"""The detail of an audit row in words: one line for each value, with what it was before where that is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.kernel import i18n

BEFORE, AFTER = "before", "after"
NOTHING = "\u2013"


@dataclass(frozen=True, kw_only=True)
class DetailLine:
    """A value of an audit row; `before` is None where the row tells one value only."""

    name: str
    label: str
    before: str | None
    after: str


def detail_lines(detail: Mapping[str, Any], language: str) -> list[DetailLine]:
    """The lines of a detail.

    A detail tells plain values, changes as `{"name": {"before": ..., "after": ...}}`, or both sides as a whole as
    `{"before": {...}, "after": {...}}`, of which the values that differ are shown.
    """
    lines = []
    for name, before, after in _values(detail):
        was = None if before is _ABSENT else _in_words(name, before, language)
        label = _label(name, language)
        lines.append(DetailLine(name=name, label=label, before=was, after=_in_words(name, after, language)))
    return lines


_ABSENT = object()


def _values(detail: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    if detail.keys() == {BEFORE, AFTER} and all(isinstance(side, Mapping) for side in detail.values()):
        before, after = detail[BEFORE], detail[AFTER]
        yield from ((name, before.get(name), after.get(name)) for name in {**before, **after} if _differ(name, detail))
        return
    for name, value in detail.items():
        if isinstance(value, Mapping) and value.keys() == {BEFORE, AFTER}:
            yield name, value[BEFORE], value[AFTER]
        else:
            yield name, _ABSENT, value


def _differ(name: str, detail: Mapping[str, Any]) -> bool:
    return bool(detail[BEFORE].get(name) != detail[AFTER].get(name))


def _label(name: str, language: str) -> str:
    """The name of a value: a word of the audit trail, else of the input field of this name, else the name itself."""
    for key in (f"audit.detail.{name}", f"field.{name}"):
        if i18n.has_translation(language, key):
            return i18n.translate(language, key)
    return name


def _in_words(name: str, value: Any, language: str) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return i18n.translate(language, f"audit.value.{str(value).lower()}")
    if isinstance(value, Mapping):
        return ", ".join(f"{_label(each, language)}: {_in_words(each, value[each], language)}" for each in value)
    if isinstance(value, list):
        return ", ".join(_in_words(name, each, language) for each in value) or NOTHING
    role = f"status.role.{value}"
    return (
        i18n.translate(language, role)
        if name in ("role", "roles") and i18n.has_translation(language, role)
        else str(value)
    )
