"""Files of customers, each with a contact and the member who works with it."""

import json
from collections.abc import Sequence
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.imports import readers
from domain.imports.columns import Column, columns_of
from domain.imports.faults import fault
from domain.imports.recipe import Entry, Reading, ReadRow, Recipe
from domain.kernel.errors import Refusal
from domain.parties.duplicates import NAME_KEY, VAT_KEY
from domain.parties.inputs import ContactEntry, CustomerInput, NewCustomer

FACTS = tuple(columns_of(CustomerInput))
CONTACT = tuple(columns_of(ContactEntry, prefix="contact_"))
MEMBER_NUMBER = Column(name="member_number", read=readers.whole_number)
LOCK_IMPORTS = "SELECT pg_advisory_xact_lock(hashtextextended('imports.customers', 0))"
SELECT_MEMBERS = "SELECT m.number, m.id FROM members m WHERE m.number = ANY($1::int[]) AND m.status <> 'ENDED'"
# The same keys by which the operator is shown customers that may be the same.
GIVEN = f"""SELECT g.line, {VAT_KEY.replace("{t}", "g")} AS vat_key, {NAME_KEY.replace("{t}", "g")} AS name_key
    FROM json_to_recordset($1::json) AS g (line int, vat_id text, legal_name text, postcode text)"""
SELECT_DUPLICATES = f"""WITH given AS MATERIALIZED ({GIVEN})
    SELECT g.line, 'vat_id' AS column, c.legal_name AS known, NULL::int AS first FROM given g
        JOIN customers c ON c.vat_key = g.vat_key AND c.status <> 'MERGED'
    UNION SELECT g.line, 'legal_name', c.legal_name, NULL FROM given g
        JOIN customers c ON c.name_key = g.name_key AND c.status <> 'MERGED'
    UNION SELECT each.line, 'vat_id', NULL, each.first FROM (SELECT g.line, min(g.line) OVER same AS first
        FROM given g WHERE g.vat_key IS NOT NULL WINDOW same AS (PARTITION BY g.vat_key)) AS each
        WHERE each.first < each.line
    UNION SELECT each.line, 'legal_name', NULL, each.first FROM (SELECT g.line, min(g.line) OVER same AS first
        FROM given g WINDOW same AS (PARTITION BY g.name_key)) AS each WHERE each.first < each.line
    ORDER BY line, 2"""


async def compose(connection: BaseDBAsyncClient, rows: Sequence[ReadRow], context: EvaluationContext) -> Reading:
    """A customer for each row; one that is there already, or stands in two rows, is a fault."""
    members = await _members(connection, rows)
    reading = Reading(faults=await _duplicates(connection, rows))
    for row in rows:
        number = row.values["member_number"]
        if number is not None and number not in members:
            reading.faults.append(fault(row.line, "member_number", "member_unknown"))
        entry = NewCustomer(
            **row.fields(FACTS), contact=ContactEntry(**row.fields(CONTACT)), member_id=members.get(number)
        )
        reading.entries.append(Entry(lines=(row.line,), input=entry))
    return reading


async def _members(connection: BaseDBAsyncClient, rows: Sequence[ReadRow]) -> dict[int | None, Any]:
    """The ids of all members who are named, by their number."""
    numbers = {row.values["member_number"] for row in rows} - {None}
    found = await connection.execute_query_dict(SELECT_MEMBERS, [sorted(numbers)])
    return {row["number"]: row["id"] for row in found}


async def _duplicates(connection: BaseDBAsyncClient, rows: Sequence[ReadRow]) -> list[Refusal]:
    names = ("vat_id", "legal_name", "postcode")
    given = [{"line": row.line} | {name: row.values[name] for name in names} for row in rows]
    found = await connection.execute_query_dict(SELECT_DUPLICATES, [json.dumps(given)])
    return [
        fault(row["line"], row["column"], "import_customer_exists", name=row["known"])
        if row["first"] is None
        else fault(row["line"], row["column"], "import_repeated", line=str(row["first"]))
        for row in found
    ]


RECIPE = Recipe(
    noun="customer",
    columns=(*FACTS, *CONTACT, MEMBER_NUMBER),
    compose=compose,
    lock=LOCK_IMPORTS,
    column_names={"member_id": MEMBER_NUMBER.name},
)
