"""An upper bound for any server: one statement written by hand for each page, and nothing around it.

Run with the number of a listening socket, it answers `POST /board` and `POST /orders` with the text the API gives.
"""

import json
import os
import sys

import asyncpg
import uvicorn
from starlette.types import Receive, Scope, Send

from domain.database.pools import READ_OPTIONS, credentials
from domain.kernel.ids import internal
from workers.supervision.listening_sockets import inherited_socket

STALE = """s.visibility = 'SHOWN' AND s.shown_since IS NOT NULL AND o.archived_at IS NULL
    AND o.status NOT IN ('CANCELED', 'REJECTED', 'COMPLETED')
    AND ((s.changed_at AT TIME ZONE (SELECT zone FROM operator_settings)
        + (SELECT make_interval(days => stale_after_days) FROM status_rules))
        AT TIME ZONE (SELECT zone FROM operator_settings)) <= (SELECT app_now())"""
LATE = """(o.status = 'ACTIVE' AND coalesce(o.delivery_due_at <= (SELECT app_now()), FALSE)
    AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = o.id
        AND d.status IN ('DELIVERED', 'REVISION_REQUESTED', 'ACCEPTED')))::text"""
INSTANT = """rtrim(to_json({column} AT TIME ZONE 'UTC')::text, '"')"""
CLIENT_STATUS = f"""'"clientStatus":{{"visibility":"', s.visibility, '","label":', to_json(s.label_en),
    ',"color":', to_json(s.color), ',"expectedOn":', coalesce(to_json(s.expected_on)::text, 'null'),
    ',"stale":', coalesce({STALE}, FALSE)::text, '}}'"""
CUSTOMER = """coalesce('{"legalName":' || to_json(c.legal_name)::text || '}', 'null')"""
CARD = f"""concat('{{"id":"ord_', o.id, '","number":', to_json(o.number), ',"project":', to_json(o.project),
    ',"late":', {LATE}, ',"tags":', to_json(o.tags), ',"member":{{"name":', to_json(m.name), '}},"customer":',
    {CUSTOMER}, ',"assignees":[',
    (SELECT string_agg('{{"name":' || to_json(a.name)::text || '}}', ',' ORDER BY a.name, a.id)
        FROM assignments g JOIN accounts a ON a.id = g.account_id WHERE g.order_id = o.id),
    '],', {CLIENT_STATUS}, '}}')"""
DELIVERY = f"""(SELECT concat('{{"status":"', d.status, '","deliveredAt":',
        coalesce({INSTANT.format(column="d.delivered_at")} || 'Z"', 'null'), '}}')
    FROM deliveries d WHERE d.order_id = o.id ORDER BY d.position DESC LIMIT 1)"""
INVOICES = """(SELECT string_agg(concat('{"provisionalNumber":', to_json(i.provisional_number), ',"status":"',
        i.status, '","net":{"amount":"', (i.net_cents / 100.0)::numeric(20, 2), '"}}'), ',' ORDER BY i.id)
    FROM invoices i WHERE i.id = ANY(ARRAY(SELECT l.invoice_id FROM billable_lines l WHERE l.order_id = o.id
        UNION ALL SELECT own.id FROM invoices own WHERE own.order_id = o.id)))"""
ROW = f"""concat('{{"id":"ord_', o.id, '","number":', to_json(o.number), ',"project":', to_json(o.project),
    ',"status":"', o.status, '","createdAt":', {INSTANT.format(column="o.created_at")}, 'Z","customer":', {CUSTOMER},
    ',', {CLIENT_STATUS}, ',"latestDelivery":', coalesce({DELIVERY}, 'null'),
    ',"invoices":[', {INVOICES}, ']}}')"""
AROUND = "JOIN client_statuses s ON s.id = o.id LEFT JOIN customers c ON c.id = o.customer_id"
BOARD = f"""SELECT concat('{{"data":{{"pipeline":{{"name":', to_json(p.name_en), ',"showsClientStatus":',
    p.shows_client_status::text, ',"stages":[', (SELECT string_agg(concat('{{"name":', to_json(t.name_en),
        ',"color":', to_json(t.color), ',"cardLimit":', coalesce(t.card_limit::text, 'null'),
        ',"cards":{{"totalCount":', (SELECT count(*) FROM orders o
            WHERE o.stage_id = t.id AND o.archived_at IS NULL AND o.deleted_at IS NULL),
        ',"nodes":[', (SELECT string_agg(card, ',') FROM (SELECT {CARD} AS card FROM orders o
            JOIN members m ON m.id = o.member_id {AROUND}
            WHERE o.stage_id = t.id AND o.archived_at IS NULL AND o.deleted_at IS NULL
            ORDER BY o.stage_entered_at, o.id LIMIT 20) cards), ']}}}}'), ',' ORDER BY t.position)
        FROM stages t WHERE t.pipeline_id = p.id), ']}}}}}}') FROM pipelines p WHERE p.id = $1"""
ORDERS = f"""SELECT concat('{{"data":{{"orders":{{"nodes":[', string_agg(item, ',') FILTER (WHERE n <= 50),
    '],"pageInfo":{{"hasNextPage":', (count(*) > 50)::text, '}}}}}}}}')
    FROM (SELECT rows.*, row_number() OVER () AS n FROM (SELECT {ROW} AS item FROM orders o {AROUND}
        WHERE o.deleted_at IS NULL ORDER BY o.created_at DESC, o.id DESC LIMIT 51) rows) numbered"""


class Limit:
    """Reads a request, runs a prepared statement on a session of an ordinary pool, sends its text."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._answer(scope["path"], receive, send)

    async def _answer(self, path: str, receive: Receive, send: Send) -> None:
        variables = json.loads((await receive())["body"])["variables"]
        text = await self._read(path, variables)
        body = text.encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _read(self, path: str, variables: dict[str, str]) -> str:
        if path == "/board":
            board: str = await self._pool.fetchval(BOARD, internal("pip", variables["id"]))
            return board
        orders: str = await self._pool.fetchval(ORDERS)
        return orders

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        found = credentials(os.environ["DATABASE_URL"])
        self._pool: asyncpg.Pool = await asyncpg.create_pool(
            **found, **READ_OPTIONS, min_size=4, max_size=4, reset=_nothing
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})


async def _nothing(_session: asyncpg.Connection) -> None:
    """What a statement that only reads leaves behind."""


def main(descriptor: int) -> None:
    """Serve on an inherited socket."""
    configuration = uvicorn.Config(Limit(), access_log=False, log_level="warning")
    uvicorn.Server(configuration).run(sockets=[inherited_socket(descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
