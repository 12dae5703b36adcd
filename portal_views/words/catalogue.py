"""Texts of the pages in German and English, with plural forms and parameters filled in."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

LANGUAGES = ("de", "en")
FOLDER = Path(__file__).parent

_registered: dict[str, dict[str, str]] = {}


@cache
def messages(language: str) -> Mapping[str, str]:
    """All texts of one language by dotted key: from the files of its folder, and registered ones."""
    files = sorted((FOLDER / language).glob("*.toml"))
    own = dict(word for file in files for word in _flattened(tomllib.loads(file.read_text("utf-8"))))
    return own | _registered.get(language, {})


def register(language: str, words: Mapping[str, str]) -> None:
    """Add texts that the pages show and another package defines; once, before the first page is rendered."""
    _registered[language] = dict(words)
    messages.cache_clear()
    below.cache_clear()


def translate(language: str, key: str, **params: Any) -> str:
    """The text for `key`; with `n`, its plural form for that number. Raises KeyError when the key is missing.

    `shown` stands in the place of the number, for one that is not known exactly.
    """
    texts = messages(language)
    if "n" in params and key not in texts:
        key = f"{key}.{Locale(language).plural_form(params['n'])}"
    return texts[key].format(**params | ({"n": params["shown"]} if "shown" in params else {}))


@cache
def below(language: str, *path: str) -> dict[str, str]:
    """The texts below a key by what follows it, in the order in which they are written."""
    prefix = ".".join(path) + "."
    return {key.removeprefix(prefix): text for key, text in messages(language).items() if key.startswith(prefix)}


def has_message(key: str) -> bool:
    """Whether the pages have a text for `key`."""
    return key in messages(LANGUAGES[0])


def _flattened(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
