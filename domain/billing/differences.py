"""Differences between an invoice as it was when it was put on hold and as it is now, item by item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

Contents = Mapping[str, Any]
"""The contents of an invoice as `items.describe` writes them."""


class ItemChange(StrEnum):
    """What has become of an item."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"


@dataclass(frozen=True)
class ValueDifference:
    """One value that changed, each as the contents write it; None where there was or is none."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ItemDifference:
    """One item that changed, by its place from 1 on."""

    position: int
    text: str
    change: ItemChange
    values: Sequence[ValueDifference]


@dataclass(frozen=True)
class Difference:
    """All that changed: values of the whole invoice, and items."""

    values: Sequence[ValueDifference]
    items: Sequence[ItemDifference]

    def __bool__(self) -> bool:
        return bool(self.values or self.items)


def difference(before: Contents, after: Contents) -> Difference:
    """What changed from one to the other. The gross sum stands among the values when it changed."""
    values = _values(_with_gross(before), _with_gross(after))
    return Difference(tuple(values), tuple(_items(before.get("items") or (), after.get("items") or ())))


def released_difference(changes: Mapping[str, Sequence[Any]], now: Contents) -> Difference:
    """What the event of a release recorded: each changed value with what it was and became; the others are as now."""
    before = {**now, **{name: pair[0] for name, pair in changes.items()}}
    after = {**now, **{name: pair[1] for name, pair in changes.items()}}
    return difference(before, after)


def _with_gross(contents: Contents) -> Contents:
    whole = {name: value for name, value in contents.items() if name != "items"}
    return whole | {"gross_cents": whole["net_cents"] + whole["vat_cents"]}


def _values(before: Contents, after: Contents) -> Iterator[ValueDifference]:
    for name, value in after.items():
        if before.get(name) != value:
            yield ValueDifference(name, before.get(name), value)


def _items(before: Sequence[Contents], after: Sequence[Contents]) -> Iterator[ItemDifference]:
    for position, (old, new) in enumerate(zip_longest(before, after), start=1):
        if old is None:
            yield ItemDifference(position, new["text"], ItemChange.ADDED, tuple(_values({}, new)))
        elif new is None:
            yield ItemDifference(position, old["text"], ItemChange.REMOVED, ())
        elif old != new:
            yield ItemDifference(position, new["text"], ItemChange.CHANGED, tuple(_values(old, new)))
