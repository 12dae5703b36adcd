"""What a move takes: dataclasses whose fields say what they mean and how much they hold, judged in one place."""

from collections.abc import Iterator
from dataclasses import MISSING, field, fields, is_dataclass
from typing import Any

from domain.core.errors import Refusal, invalid

LONGEST_TEXT = 10_000


def given(
    doc: str,
    *,
    id_prefix: str | None = None,
    default: Any = MISSING,
    shortest: int | None = None,
    longest: int = LONGEST_TEXT,
    least: int | None = None,
    most: int | None = None,
) -> Any:
    """Declare one field of an input.

    `id_prefix` is that of identifiers of the API. `shortest` and `longest` bound a text without its outer blanks, or
    a list; `least` and `most` bound a number.
    """
    metadata = {"doc": doc, "id": id_prefix, "shortest": shortest, "longest": longest, "least": least, "most": most}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def flaws(takes: Any, path: tuple[str, ...] = ()) -> Iterator[Refusal]:
    """Everything that is wrong with the sizes of an input, field by field, nested ones too."""
    if not is_dataclass(takes):
        return
    for item in fields(takes):
        here = (*path, item.name)
        yield from _flaws_of(getattr(takes, item.name), item.metadata, here)


def _flaws_of(value: Any, bounds: Any, path: tuple[str, ...]) -> Iterator[Refusal]:
    if isinstance(value, str):
        yield from _out_of_bounds(len(value.strip()), bounds, "shortest", "longest", "text", path)
    elif isinstance(value, tuple):
        yield from _out_of_bounds(len(value), bounds, "shortest", "longest", "list", path)
        for position, entry in enumerate(value):
            yield from flaws(entry, (*path, str(position)))
    elif is_dataclass(value):
        yield from flaws(value, path)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _out_of_bounds(value, bounds, "least", "most", "number", path)


def _out_of_bounds(
    size: int, bounds: Any, lower: str, upper: str, kind: str, path: tuple[str, ...]
) -> Iterator[Refusal]:
    if bounds.get(lower) is not None and size < bounds[lower]:
        yield invalid(f"{kind}_too_small", *path, least=bounds[lower])
    if bounds.get(upper) is not None and size > bounds[upper]:
        yield invalid(f"{kind}_too_large", *path, most=bounds[upper])
