"""The rows that moves leave, without what differs by chance, so that contestants can be compared."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import asyncpg
from tortoise.transactions import in_transaction

from domain.engine import event_log

# Tables whose rows belong to an order by a column of this name, and those that hang on a delivery.
BY_COLUMN = {
    "orders": "id",
    "client_statuses": "id",
    **dict.fromkeys(
        (
            "automation_runs",
            "billable_lines",
            "client_status_changes",
            "comments",
            "deadlines",
            "deliveries",
            "events",
            "links",
            "outbox",
            "planned_invoices",
        ),
        "order_id",
    ),
}
ROWS = "SELECT '{table}' AS name, to_jsonb(t)::text AS content FROM {table} t WHERE t.{column} = ANY($1::uuid[])"
VERSIONS = """SELECT 'delivery_versions' AS name, to_jsonb(t)::text AS content FROM delivery_versions t
    JOIN deliveries d ON d.id = t.delivery_id WHERE d.order_id = ANY($1::uuid[])"""
EVERY_ROW = " UNION ALL ".join(
    [*(ROWS.format(table=name, column=column) for name, column in BY_COLUMN.items()), VERSIONS]
)
# Identifiers, hashes, instants, and the name and number of a copied order.
CHANCE = (
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    r"\\\\x[0-9a-f]*",
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:[0-9.]+([+]\d\d:\d\d|Z)",
    r"(MV-|Projekt )\d+",
)
WITHOUT_CHANCE = f"regexp_replace(content, '{'|'.join(CHANCE)}', '*', 'g')"
LEFT = f"SELECT name, {WITHOUT_CHANCE} AS content, count(*) AS rows FROM ({EVERY_ROW}) r GROUP BY 1, 2"

Left = Mapping[tuple[str, str], int]


async def rows_left(connection: asyncpg.Connection, order_ids: Sequence[UUID]) -> Left:
    """How many rows of each table and content belong to these orders."""
    return {(row["name"], row["content"]): row["rows"] for row in await connection.fetch(LEFT, order_ids)}


def differences(ours: Left, theirs: Left) -> list[str]:
    """What the one has left and the other has not; empty when both have left the same."""
    only = [("only ours", Counter(ours) - Counter(theirs)), ("only theirs", Counter(theirs) - Counter(ours))]
    return [f"{whose}: {count} x {key[0]} {key[1]}" for whose, found in only for key, count in sorted(found.items())]


def by_table(left: Left, before: Left) -> dict[str, int]:
    """How many rows came to be, by table."""
    counted: Counter[str] = Counter()
    for sign, found in ((1, left), (-1, before)):
        for (name, _), count in found.items():
            counted[name] += sign * count
    return {name: count for name, count in sorted(counted.items()) if count}


async def broken_chains() -> int:
    """How many events do not follow from their predecessor. Both pools are open."""
    async with in_transaction() as connection:
        await connection.execute_query("SET LOCAL statement_timeout = 0")
        return len(await event_log.broken_chains(connection))
