"""The examination of a file: its rows become entries, each evaluated as the form that enters one thing is."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine import evaluation
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Transition
from domain.imports.faults import located, raise_any
from domain.imports.model import ImportKind
from domain.imports.reading import read_rows
from domain.imports.recipe import Entry, Recipe
from domain.imports.recipes import customers, members, open_invoices, orders
from domain.imports.sheet import read_sheet
from domain.kernel.errors import Refusal
from domain.orders.model import OrderStatus

RECIPES: Mapping[ImportKind, Recipe] = {
    ImportKind.MEMBERS: members.RECIPE,
    ImportKind.CUSTOMERS: customers.RECIPE,
    ImportKind.ORDERS: orders.RECIPE,
    ImportKind.OPEN_INVOICES: open_invoices.RECIPE,
}
MOVE = "import"
PLAN = "planned_invoices"


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A file without a fault: what it enters, and the sign between its cells."""

    entries: Sequence[Entry]
    delimiter: str

    @property
    def mail_count(self) -> int:
        """How many contacts are mailed an offer."""
        return sum(getattr(each.input, "status", None) is OrderStatus.AWAITING_CUSTOMER for each in self.entries)


async def examine(
    connection: BaseDBAsyncClient, kind: ImportKind, text: str, transition: Transition, context: EvaluationContext
) -> Examined:
    """Read and evaluate a file as it stands to the database now, within the caller's transaction.

    Raises `Refused` with every fault by line and column; nothing is written. Thousands of rows are read and evaluated
    in threads, so that the process answers others meanwhile.
    """
    recipe = RECIPES[kind]
    sheet = await asyncio.to_thread(read_sheet, text, recipe.columns)
    rows, faults = await asyncio.to_thread(read_rows, sheet.rows, recipe, context.calendar)
    reading = await recipe.compose(connection, rows, context)
    found = await asyncio.to_thread(_faults, reading.entries, transition, recipe, context)
    raise_any([*faults, *reading.faults, *found])
    return Examined(entries=reading.entries, delimiter=sheet.delimiter)


def _faults(
    entries: Sequence[Entry], transition: Transition, recipe: Recipe, context: EvaluationContext
) -> list[Refusal]:
    return [refusal for entry in entries for refusal in _faults_of(entry, transition, recipe, context)]


def _faults_of(entry: Entry, transition: Transition, recipe: Recipe, context: EvaluationContext) -> Iterator[Refusal]:
    for refusal in evaluation.input_errors(transition, None, entry.input, context):
        line, path = entry.lines[0], refusal.path
        if path[:1] == (PLAN,) and len(path) > 1:
            line, path = entry.lines[int(path[1])], path[2:]
        name = "_".join(path)
        yield located(refusal, line, recipe.column_names.get(name, name))
