"""The rows of a sheet as values: every cell is read by its column, and every fault is named."""

from collections.abc import Sequence
from itertools import pairwise

from domain.imports.columns import Column
from domain.imports.faults import fault
from domain.imports.readers import UnreadableCell
from domain.imports.recipe import ReadRow, Recipe
from domain.imports.sheet import SheetRow
from domain.kernel.calendar import Calendar
from domain.kernel.errors import Refusal


def read_rows(rows: Sequence[SheetRow], recipe: Recipe, calendar: Calendar) -> tuple[list[ReadRow], list[Refusal]]:
    """The rows that can be read, and the faults of all others; what shares its number with one of those is left out."""
    filled, faults = _filled_down(rows, recipe)
    read, broken = list[ReadRow](), set[str]()
    for row in filled:
        found = _RowReader(row, calendar)
        values = {column.name: found.value(column) for column in recipe.columns}
        if found.faults:
            faults += found.faults
            broken.add(row.cells.get(recipe.shared_by, "").strip())
        else:
            given = frozenset(name for name, cell in row.cells.items() if cell.strip())
            read.append(ReadRow(line=row.line, values=values, given=given))
    if recipe.shared_by:
        read = [row for row in read if str(row.values[recipe.shared_by]) not in broken]
    return read, faults


class _RowReader:
    """Reads the cells of one row; `faults` are those of the cells read so far."""

    def __init__(self, row: SheetRow, calendar: Calendar) -> None:
        self._row, self._calendar = row, calendar
        self.faults: list[Refusal] = []

    def value(self, column: Column) -> object:
        cell = self._row.cells.get(column.name, "")
        if not cell.strip():
            if column.required:
                self.faults.append(fault(self._row.line, column.name, "import_cell_empty"))
            return column.default
        try:
            return column.read(cell, self._calendar)
        except UnreadableCell as unreadable:
            self.faults.append(fault(self._row.line, column.name, unreadable.reason, **unreadable.params))
            return None


def _filled_down(rows: Sequence[SheetRow], recipe: Recipe) -> tuple[list[SheetRow], list[Refusal]]:
    """Rows of one thing with its shared cells; another text in one of them is a fault."""
    if not recipe.shared_by or not rows:
        return [*rows], []
    filled, faults = [rows[0]], list[Refusal]()
    for _, row in pairwise(rows):
        before = filled[-1].cells
        if row.cells.get(recipe.shared_by, "").strip() != before.get(recipe.shared_by, "").strip():
            filled.append(row)
            continue
        shared = {name: text for name, text in before.items() if name in recipe.shared}
        faults += [
            fault(row.line, name, "import_not_as_before", line=str(filled[-1].line))
            for name, text in shared.items()
            if row.cells[name].strip() not in ("", text.strip())
        ]
        filled.append(SheetRow(line=row.line, cells={**row.cells, **shared}))
    return filled, faults
