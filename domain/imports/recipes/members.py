"""Files of members."""

from collections.abc import Sequence

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.imports.columns import columns_of
from domain.imports.faults import fault
from domain.imports.recipe import Entry, Reading, ReadRow, Recipe
from domain.members.effects import LOCK_NUMBERS
from domain.members.inputs import ImportedMember

COLUMNS = tuple(columns_of(ImportedMember))
SELECT_TAKEN = "SELECT m.number FROM members m WHERE m.number = ANY($1::int[])"


async def compose(connection: BaseDBAsyncClient, rows: Sequence[ReadRow], context: EvaluationContext) -> Reading:
    """A member for each row; a number that is taken, or stands in two rows, is a fault."""
    found = await connection.execute_query_dict(SELECT_TAKEN, [[row.values["number"] for row in rows]])
    taken, lines, reading = {row["number"] for row in found}, dict[int, int](), Reading()
    for row in rows:
        number = row.values["number"]
        if number in taken:
            reading.faults.append(fault(row.line, "number", "import_member_exists", number=f"{number:05}"))
        elif number in lines:
            reading.faults.append(fault(row.line, "number", "import_repeated", line=str(lines[number])))
        lines.setdefault(number, row.line)
        reading.entries.append(Entry(lines=(row.line,), input=ImportedMember(**row.fields(COLUMNS))))
    return reading


RECIPE = Recipe(noun="member", columns=COLUMNS, compose=compose, lock=LOCK_NUMBERS)
