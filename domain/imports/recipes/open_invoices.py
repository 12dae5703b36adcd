"""Files of open invoices of an earlier system: each row becomes what its customer still owes."""

from collections.abc import Sequence

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.imports import readers
from domain.imports.columns import Column, columns_of
from domain.imports.faults import fault
from domain.imports.recipe import Entry, Reading, ReadRow, Recipe
from domain.imports.recipes.parties_of_orders import customers_by_line, names_customer
from domain.receivables.inputs import OpeningBalance

FACTS = tuple(columns_of(OpeningBalance))
CUSTOMER = (
    Column(name="customer_vat_id", read=readers.text),
    Column(name="customer_name", read=readers.text),
    Column(name="customer_postcode", read=readers.text),
)
LOCK_IMPORTS = "SELECT pg_advisory_xact_lock(hashtextextended('imports.openInvoices', 0))"
SELECT_TAKEN = """SELECT r.opening_number AS number FROM receivables r WHERE r.opening_number = ANY($1::text[])
    UNION SELECT i.number FROM invoices i WHERE i.number = ANY($1::text[])"""


async def compose(connection: BaseDBAsyncClient, rows: Sequence[ReadRow], context: EvaluationContext) -> Reading:
    """An open item for each row; a number that is taken, or stands in two rows, is a fault."""
    numbers = sorted({row.values["number"] for row in rows})
    taken = {row["number"] for row in await connection.execute_query_dict(SELECT_TAKEN, [numbers])}
    customers, lines, reading = await customers_by_line(connection, rows), dict[str, int](), Reading()
    for row in rows:
        number = row.values["number"]
        if number in taken:
            reading.faults.append(fault(row.line, "number", "import_invoice_exists", number=number))
        elif number in lines:
            reading.faults.append(fault(row.line, "number", "import_repeated", line=str(lines[number])))
        lines.setdefault(number, row.line)
        found = customers.get(row.line, ()) if names_customer(row) else ()
        if len(found) == 1:
            entry = OpeningBalance(**row.fields(FACTS), customer_id=found[0]["id"])
            reading.entries.append(Entry(lines=(row.line,), input=entry))
        else:
            reading.faults.append(fault(row.line, "customer_name", "import_customers_found", n=len(found)))
    return reading


RECIPE = Recipe(
    noun="receivable",
    columns=(*FACTS, *CUSTOMER),
    compose=compose,
    lock=LOCK_IMPORTS,
    column_names={"customer_id": "customer_name"},
)
