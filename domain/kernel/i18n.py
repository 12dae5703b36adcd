"""Sentences in German and English, found by key, with values written as the language writes them."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

from domain.kernel.languages import LANGUAGES, LocalizedText, locale_of
from domain.kernel.money import Money, formatted

WORDS_FOLDER = Path(__file__).parent.parent / "words"
MOVES_FOLDER = "moves"
DEFAULT_ZONE = "Europe/Berlin"
INSTANT = {"de": "EEEE, d. MMMM y, HH:mm 'Uhr' z", "en": "EEEE, d MMMM y, HH:mm z"}
NUMBER = "#,##0.####"
DAY = {"de": "d. MMMM y", "en": "d MMMM y"}


class MissingTranslation(LookupError):
    """A requested sentence is not in the catalogue."""


def translate(language: str, key: str, *, zone: str = DEFAULT_ZONE, **params: object) -> str:
    """The sentence of a key. Instants are written in the operator's `zone`; surplus values do no harm.

    Raises `MissingTranslation` for an unknown key and `KeyError` when a placeholder is left unfilled.
    """
    try:
        sentence = catalogue(language)[key]
    except KeyError:
        raise MissingTranslation(f"{language}: {key}") from None
    return fill_placeholders(language, sentence, zone=zone, **params)


def fill_placeholders(language: str, sentence: str, *, zone: str = DEFAULT_ZONE, **params: object) -> str:
    """Fill the placeholders of a sentence, or of one paragraph of it."""
    return _PlainFormatter(language, zone).vformat(sentence, (), params)


def placeholders_of(sentence: str) -> frozenset[str]:
    """The names of the placeholders."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def has_translation(language: str, key: str) -> bool:
    """Whether the catalogue knows the key; a remedy, for one, is not there for every reason."""
    return key in catalogue(language)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of a language by dotted key, from every file of its folder.

    Files in `moves` hold all sentences of a move side by side; their keys begin with the kind of sentence:
    `happened.order.confirm` is `happened` in the table `order.confirm`.
    """
    sentences: dict[str, str] = {}
    for path in sorted((WORDS_FOLDER / language).rglob("*.toml")):
        for key, sentence in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
            key = _kind_first(key) if path.parent.name == MOVES_FOLDER else key
            if key in sentences:
                raise ValueError(f"{path.name} defines {key} a second time")
            sentences[key] = sentence
    return sentences


def missing_translations() -> list[str]:
    """Keys that one language lacks, or whose placeholders differ; empty when all is well."""
    known = {language: catalogue(language).keys() for language in LANGUAGES}
    everywhere = frozenset.intersection(*map(frozenset, known.values()))
    somewhere = frozenset.union(*map(frozenset, known.values()))
    gaps = [f"{language}: {key}" for language in LANGUAGES for key in sorted(somewhere - known[language])]
    uneven = [key for key in sorted(everywhere) if len({_placeholders(each, key) for each in LANGUAGES}) > 1]
    return gaps + [f"places differ: {key}" for key in uneven]


def format_value(value: object, language: str, *, zone: str = DEFAULT_ZONE) -> str:
    """One value as the language writes it: money, instants with weekday and zone, dates, numbers, lists."""
    match value:
        case Money():
            return formatted(value.cents, value.currency, language)
        case StrEnum():
            return _name_of(value, language)
        case LocalizedText():
            return value.in_language(language)
        case datetime():
            return format_datetime(value, INSTANT[language], ZoneInfo(zone), locale_of(language))
        case date():
            return format_date(value, DAY[language], locale_of(language))
        case bool() | str():
            return str(value)
        case int() | Decimal():
            return format_decimal(value, NUMBER, locale_of(language))
        case Sequence() | frozenset() | set():
            parts = [format_value(each, language, zone=zone) for each in value]
            return format_list(parts, locale=locale_of(language)) if parts else ""
    return str(value)


def _name_of(value: StrEnum, language: str) -> str:
    """States are named below `status.` and their noun (`status.order.ACTIVE`); other kinds are left as is."""
    kind = type(value).__name__
    nouns = (kind.removesuffix("Status"), kind.removesuffix("State"))
    keys = (f"status.{noun[0].lower()}{noun[1:]}.{value}" for noun in nouns)
    return next((catalogue(language)[key] for key in keys if key in catalogue(language)), str(value))


def _kind_first(key: str) -> str:
    move, _, kind = key.rpartition(".")
    return f"{kind}.{move}"


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def _placeholders(language: str, key: str) -> frozenset[str]:
    return placeholders_of(catalogue(language).get(key, ""))


class _PlainFormatter(Formatter):
    """Fills placeholders by their plain name only: no attributes, no items, no conversions reach into a value."""

    def __init__(self, language: str, zone: str) -> None:
        self._language, self._zone = language, zone

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return kwargs[field_name], field_name

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        return value

    def format_field(self, value: Any, format_spec: str) -> str:
        return format_value(value, self._language, zone=self._zone)
