"""What an application could reach at best: statements written by hand for one page each, and nothing around them."""

import json

import asyncpg
from starlette.types import Receive, Scope, Send

STALE = """s.visibility = 'SHOWN' AND o.archived_at IS NULL AND o.status NOT IN ('CANCELED', 'REJECTED', 'COMPLETED')
    AND ((s.changed_at AT TIME ZONE (SELECT zone FROM operator_settings)
        + (SELECT make_interval(days => stale_after_days) FROM status_rules))
        AT TIME ZONE (SELECT zone FROM operator_settings)) <= (SELECT app_now())"""
LATE = """(o.status = 'ACTIVE' AND coalesce(o.delivery_due_at <= (SELECT app_now()), FALSE)
    AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = o.id
        AND d.status IN ('DELIVERED', 'REVISION_REQUESTED', 'ACCEPTED')))::text"""
PEOPLE = """',"late":', {late}, ',"tags":', to_json(o.tags)::text, {more}
    ',"member":{{"name":', to_json(m.name)::text, '}},"customer":',
    coalesce('{{"legalName":' || to_json(c.legal_name)::text || '}}', 'null'), ',"assignees":[',
    (SELECT string_agg('{{"name":' || to_json(a.name)::text || '}}', ',' ORDER BY a.name, a.id) FROM assignments g
        JOIN accounts a ON a.id = g.account_id WHERE g.order_id = o.id),
    '],"clientStatus":{{"visibility":"', s.visibility, '","label":', to_json(s.label_en)::text,
    ',"color":', to_json(s.color)::text, ',"expectedOn":', coalesce(to_json(s.expected_on)::text, 'null'),
    ',"stale":', coalesce({stale}, FALSE)::text, '}}}}'"""
CARD = f"""concat('{{"id":"ord_', o.id, '","number":', to_json(o.number)::text, ',"project":', to_json(o.project)::text,
    {PEOPLE.format(late=LATE, more="", stale=STALE)})"""
CREATED = """',"createdAt":"', to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '"',"""
ROW = f"""concat('{{"id":"ord_', o.id, '","number":', to_json(o.number)::text, ',"project":', to_json(o.project)::text,
    ',"status":"', o.status, '"', {PEOPLE.format(late=LATE, more=CREATED, stale=STALE)})"""
AROUND = """JOIN members m ON m.id = o.member_id JOIN client_statuses s ON s.id = o.id
    LEFT JOIN customers c ON c.id = o.customer_id"""
BOARD = f"""SELECT concat('{{"data":{{"pipeline":{{"name":', to_json(p.name)::text, ',"showsClientStatus":',
    p.shows_client_status::text, ',"stages":[', (SELECT string_agg(concat('{{"name":', to_json(t.name)::text,
        ',"color":', to_json(t.color)::text, ',"cardLimit":', coalesce(t.card_limit::text, 'null'),
        ',"cards":{{"totalCount":', (SELECT count(*) FROM orders o
            WHERE o.stage_id = t.id AND o.archived_at IS NULL AND o.deleted_at IS NULL),
        ',"nodes":[', (SELECT string_agg(card, ',') FROM (SELECT {CARD} AS card FROM orders o {AROUND}
            WHERE o.stage_id = t.id AND o.archived_at IS NULL AND o.deleted_at IS NULL
            ORDER BY o.stage_entered_at, o.id LIMIT 20) cards), ']}}}}'), ',' ORDER BY t.position)
        FROM stages t WHERE t.pipeline_id = p.id), ']}}}}}}') FROM pipelines p WHERE p.id = $1"""
ORDERS = f"""SELECT concat('{{"data":{{"orders":{{"nodes":[', string_agg(item, ',') FILTER (WHERE n <= 50),
    '],"pageInfo":{{"hasNextPage":', (count(*) > 50)::text, '}}}}}}}}')
    FROM (SELECT rows.*, row_number() OVER () AS n FROM (SELECT {ROW} AS item FROM orders o {AROUND}
        WHERE o.deleted_at IS NULL ORDER BY o.created_at DESC, o.id DESC LIMIT 51) rows) numbered"""


class Limit:
    """Reads a request, runs one prepared statement, sends its text."""

    def __init__(self, pool: asyncpg.Pool, statement: str, *values: object) -> None:
        self._pool, self._statement, self._values = pool, statement, values

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        json.loads((await receive())["body"])
        text = await self._pool.fetchval(self._statement, *self._values)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})
