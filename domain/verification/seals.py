"""The check of final rows outside the chains: each still has the content that it was sealed with."""

import asyncpg

from domain.verification.findings import Report
from domain.verification.sealed_tables import SEALED_TABLES, SealedTable

BATCH = 20_000
START = "00000000-0000-0000-0000-000000000000"
SEALED = """
WITH page AS MATERIALIZED (SELECT id, row_id, hash FROM seals WHERE table_name = $1 AND id > $2 ORDER BY id LIMIT $3)
SELECT p.row_id, p.id AS place, counted.rows, CASE WHEN r.{key} IS NULL THEN 'ROW_MISSING'
        WHEN p.hash <> {hash} THEN 'CHANGED' END AS fault
FROM page p LEFT JOIN {name} r ON r.{key} = p.row_id::{key_type}, (SELECT count(*) AS rows FROM page) counted
WHERE r.{key} IS NULL OR p.hash <> {hash} OR p.id = (SELECT last.id FROM page last ORDER BY last.id DESC LIMIT 1)
ORDER BY p.id"""
UNSEALED = """SELECT {key_text} AS row_id, 'SEAL_MISSING' AS fault FROM {name} r WHERE {condition}
    AND NOT EXISTS (SELECT 1 FROM seals s WHERE s.table_name = '{name}' AND s.row_id = {key_text})
    ORDER BY 1 LIMIT 1000"""


async def check_seals(connection: asyncpg.Connection, report: Report) -> None:
    """No sealed row was changed or deleted, and none was put in behind the database's back."""
    for table in SEALED_TABLES:
        await _check_sealed(connection, table, report)
        report.add(table.name, await connection.fetch(_statement(UNSEALED, table)))


async def _check_sealed(connection: asyncpg.Connection, table: SealedTable, report: Report) -> None:
    statement, place = _statement(SEALED, table), START
    while rows := await connection.fetch(statement, table.name, place, BATCH):
        report.rows += rows[0]["rows"]
        report.add(table.name, [row for row in rows if row["fault"]])
        place = rows[-1]["place"]


def _statement(text: str, table: SealedTable) -> str:
    condition = table.sealed_when.format(t="r") or "TRUE"
    return text.format(
        name=table.name,
        key=table.key,
        key_type=table.key_type,
        key_text=table.key_of("r"),
        hash=table.hash_of("r"),
        condition=condition,
    )
