"""Many orders at once: one is made through the door, and copied by the database."""

from collections.abc import Mapping
from typing import Any

import asyncpg

from domain.database import clock
from domain.database.pools import connect, credentials, disconnect
from domain.orders.model import OrderStatus
from settings import Settings
from tests.benchmarks.sizes import CUSTOMERS, MEMBERS
from tests.makers.billing import an_invoice
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.makers.time import berlin, the_clock_shows

BEGUN = berlin(2026, 4, 1, 10)
NUMBERED = """INSERT INTO {table} ({columns}) SELECT {values} FROM {table} first, generate_series(1, {count}) AS n,
    jsonb_populate_record(first, jsonb_build_object({changes})) AS made WHERE first.id = '{first}'"""
WRITTEN = """SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' ORDER BY attnum"""
ORDERS = {
    "number": "'BM-' || n",
    "project": "'Projekt ' || n",
    "created_at": "first.created_at - n * interval '1 minute'",
    "member_id": f"(SELECT array_agg(m.id ORDER BY m.id) FROM members m)[1 + n % {MEMBERS}]",
    "contact_id": f"(SELECT array_agg(k.id ORDER BY k.id) FROM contacts k)[1 + n % {CUSTOMERS}]",
    "customer_id": f"(SELECT array_agg(k.customer_id ORDER BY k.id) FROM contacts k)[1 + n % {CUSTOMERS}]",
}
STATEMENTS = (
    """INSERT INTO client_statuses SELECT made.* FROM client_statuses s, orders o, jsonb_populate_record(s,
            jsonb_build_object('id', o.id, 'order_id', o.id, 'customer_id', o.customer_id)) AS made
        WHERE s.id = '{order}' AND o.number LIKE 'BM-%'""",
    """SELECT count(append_event(uuidv7(), 'order', o.id, o.id, 'order.create', o.created_at, NULL, 'MEMBER', NULL,
            NULL, 'Mara Member', ARRAY['ADMIN', 'FINANCE', 'MEMBER', 'STAFF'], '{{}}')) FROM orders o
        WHERE o.number LIKE 'BM-%'""",
)

EACH = """INSERT INTO {table} SELECT made.* FROM {table} first, orders o, jsonb_populate_record(first,
        jsonb_build_object('id', uuidv7(), 'order_id', o.id, {changes})) AS made
    WHERE first.order_id = $1 AND o.number LIKE 'BM-%'"""
WHOSE = "'member_id', o.member_id, 'customer_id', o.customer_id"
OF_EVERY_ORDER = {
    "deliveries": {"changes": "'position', 1"},
    "invoices": {"changes": f"{WHOSE}, 'provisional_number', o.number"},
    "billable_lines": {
        "changes": f"""{WHOSE}, 'planned_invoice_id', NULL,
            'invoice_id', (SELECT i.id FROM invoices i WHERE i.order_id = o.id)"""
    },
}


async def seed(settings: Settings, count: int) -> None:
    """So many active orders of the members for the customers, each with a hidden client status."""
    await connect(settings.database_url)
    await the_clock_shows(BEGUN)
    case = await an_order(OrderStatus.ACTIVE)
    await clock.reset()
    await disconnect()
    connection = await asyncpg.connect(**credentials(settings.database_url))
    await _copy(connection, case, count)
    for statement in STATEMENTS:
        await connection.execute(statement.format(order=case.order.id))
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def work_and_bill(settings: Settings) -> None:
    """One delivery, one line and one invoice for every order. Both pools are open."""
    await the_clock_shows(BEGUN)
    case = (await an_invoice()).case
    await a_delivery(around=case)
    await clock.reset()
    connection = await asyncpg.connect(**credentials(settings.database_url))
    for table, first in OF_EVERY_ORDER.items():
        await connection.execute(EACH.format(table=table, **first), case.order.id)
    await connection.close()


async def _copy(connection: asyncpg.Connection, case: Case, count: int) -> None:
    contact = await connection.fetchval("SELECT id FROM contacts WHERE customer_id = $1", case.customer.id)
    await _numbered(
        connection,
        "members",
        case.member.id,
        MEMBERS,
        {"number": "20000 + n", "account_id": "NULL", "name": "'Mitglied ' || n"},
    )
    await _numbered(connection, "customers", case.customer.id, CUSTOMERS, {"legal_name": "'Kunde ' || n"})
    await connection.execute(
        """INSERT INTO contacts SELECT made.* FROM contacts k, customers c, jsonb_populate_record(k, jsonb_build_object(
            'id', uuidv7(), 'customer_id', c.id, 'email', 'kim' || c.id || '@kunde.example')) AS made
        WHERE k.id = $1 AND NOT EXISTS (SELECT 1 FROM contacts x WHERE x.customer_id = c.id)""",
        contact,
    )
    await _numbered(connection, "orders", case.order.id, count, ORDERS)


async def _numbered(
    connection: asyncpg.Connection, table: str, first: Any, count: int, changes: Mapping[str, str]
) -> None:
    pairs = ", ".join(f"'{name}', {sql}" for name, sql in {"id": "uuidv7()", **changes}.items())
    names = [row[0] for row in await connection.fetch(WRITTEN, table)]
    columns, values = ", ".join(names), ", ".join(f"made.{name}" for name in names)
    await connection.execute(
        NUMBERED.format(table=table, columns=columns, values=values, changes=pairs, count=count, first=first)
    )
