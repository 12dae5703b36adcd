"""Inputs of moves: dataclasses whose fields declare their meaning and bounds, checked in one place."""

from collections.abc import Iterator
from dataclasses import MISSING, field, fields, is_dataclass
from typing import Any
from unicodedata import category

from domain.kernel.errors import Refusal, invalid

MAX_TEXT_LENGTH = 10_000
MIN_YEAR, MAX_YEAR = 1990, 2199


def input_field(
    doc: str,
    *,
    id_prefix: str | None = None,
    default: Any = MISSING,
    shortest: int | None = None,
    longest: int = MAX_TEXT_LENGTH,
    longest_entry: int = MAX_TEXT_LENGTH,
    least: int | None = None,
    most: int | None = None,
) -> Any:
    """Declare one field of an input.

    `id_prefix` is that of identifiers of the API. `shortest` and `longest` bound a text without its outer blanks, or
    a list, whose texts are no longer than `longest_entry`; `least` and `most` bound a number.
    """
    metadata = {
        "doc": doc,
        "id": id_prefix,
        "shortest": shortest,
        "longest": longest,
        "longest_entry": longest_entry,
        "least": least,
        "most": most,
    }
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def size_errors(input: Any, path: tuple[str, ...] = ()) -> Iterator[Refusal]:
    """Everything that is wrong with the sizes of an input, field by field, nested ones too."""
    if not is_dataclass(input):
        return
    for item in fields(input):
        here = (*path, item.name)
        yield from _errors_of_value(getattr(input, item.name), item.metadata, here)


def _errors_of_value(value: Any, bounds: Any, path: tuple[str, ...]) -> Iterator[Refusal]:
    if isinstance(value, str):
        yield from _errors_of_text(value, bounds, path)
    elif isinstance(value, tuple):
        yield from _out_of_bounds(len(value), bounds, "shortest", "longest", "list", path)
        if any(issubclass(kind, str) or is_dataclass(kind) for kind in set(map(type, value))):
            yield from _errors_of_entries(value, {"longest": bounds.get("longest_entry")}, path)
    elif is_dataclass(value):
        yield from size_errors(value, path)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _out_of_bounds(value, bounds, "least", "most", "number", path)


def _errors_of_entries(entries: tuple[Any, ...], bounds: Any, path: tuple[str, ...]) -> Iterator[Refusal]:
    for position, entry in enumerate(entries):
        here = (*path, str(position))
        yield from _errors_of_text(entry, bounds, here) if isinstance(entry, str) else size_errors(entry, here)


def has_visible_text(text: str) -> bool:
    """Whether a text shows anything: blanks, control and format characters do not."""
    return any(category(sign)[0] not in "CZ" for sign in text)


def _errors_of_text(text: str, bounds: Any, path: tuple[str, ...]) -> Iterator[Refusal]:
    if bounds.get("shortest") and not has_visible_text(text):
        yield invalid("text_too_small", *path, least=bounds["shortest"])
    else:
        yield from _out_of_bounds(len(text.strip()), bounds, "shortest", "longest", "text", path)


def _out_of_bounds(
    size: int, bounds: Any, lower: str, upper: str, kind: str, path: tuple[str, ...]
) -> Iterator[Refusal]:
    if bounds.get(lower) is not None and size < bounds[lower]:
        yield invalid(f"{kind}_too_small", *path, least=bounds[lower])
    if bounds.get(upper) is not None and size > bounds[upper]:
        yield invalid(f"{kind}_too_large", *path, most=bounds[upper])
