"""Parts of all recipes: rows of values, and the entries that become moves."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.imports.columns import Column
from domain.kernel.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """One row of a file with the value of every column, by its name; `given` are those whose cells are not empty."""

    line: int
    values: Mapping[str, Any]
    given: frozenset[str]

    def fields(self, columns: Sequence[Column]) -> dict[str, Any]:
        """The values of some columns by the fields of their input."""
        return {column.field: self.values[column.name] for column in columns}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing to enter: the input of its move, and the lines of the file that it comes from, one or several."""

    lines: Sequence[int]
    input: Any


@dataclass(kw_only=True)
class Reading:
    """The outcome of a recipe: entries, and faults."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)


Compose = Callable[[BaseDBAsyncClient, Sequence[ReadRow], EvaluationContext], Awaitable[Reading]]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The reading of one kind of file, whose entries are moves `import` of `noun`.

    `lock` is SQL that lets others wait who would enter what this file must not repeat; an import runs it first.
    `column_names` are the columns of fields of the input that are called otherwise. Rows that follow each other with
    the same `shared_by` are of one thing: its `shared` columns may be empty in all but the first.
    """

    noun: str
    columns: tuple[Column, ...]
    compose: Compose
    lock: str
    column_names: Mapping[str, str] = field(default_factory=dict)
    shared_by: str = ""
    shared: frozenset[str] = frozenset()
