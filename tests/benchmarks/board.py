"""The first page of a board of 2 000 open orders and a page of orders, each beside the limit."""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
from starlette.types import ASGIApp, Message

from api.application import assemble
from api.parts import parts_of, running
from domain.accounts.tokens import issue_token
from domain.core.actors import Role
from domain.core.collector import spare_what_is_loaded
from domain.core.database import connect, credentials, disconnect, open_reads
from domain.core.ids import external
from settings import Settings
from tests.benchmarks import limits
from tests.benchmarks.timing import interleaved
from tests.makers.accounts import an_account
from tests.makers.pipelines import a_pipeline

CARDS, REQUESTS, AT_ONCE, ROUNDS = 2_000, 192, 16, 7
STAGES = ("Anfrage", "Geplant", "In Arbeit", "Prüfung", "Rückfrage", "Fertig")
BOARD = """query ($id: ID!) { pipeline(id: $id) { name showsClientStatus stages { name color cardLimit
    cards(first: 20) { totalCount nodes { id number project late tags member { name } customer { legalName }
        assignees { name } clientStatus { visibility label color expectedOn stale } } } } } }"""
ORDERS = """{ orders(first: 50) { nodes { id number project status late tags createdAt member { name }
    customer { legalName } assignees { name } clientStatus { visibility label color expectedOn stale } }
    pageInfo { hasNextPage } } }"""
ON_THE_BOARD = "orders o JOIN stages s ON s.id = o.stage_id AND s.pipeline_id = $1"
FILL = (
    f"""UPDATE orders o SET stage_id = s.id, stage_entered_at = o.created_at FROM stages s,
            (SELECT id, row_number() OVER (ORDER BY md5(number)) AS n FROM orders WHERE number LIKE 'BM-%') picked
        WHERE picked.n <= {CARDS} AND picked.id = o.id AND s.pipeline_id = $1 AND s.position = 1 + picked.n % 6""",
    f"""UPDATE client_statuses c SET visibility = 'SHOWN', label_de = 'In Arbeit', label_en = 'In progress',
        changed_at = app_now() - interval '20 days' FROM {ON_THE_BOARD} WHERE o.id = c.id""",
    f"""INSERT INTO assignments (id, order_id, account_id) SELECT uuidv7(), o.id,
        (SELECT id FROM accounts ORDER BY id LIMIT 1) FROM {ON_THE_BOARD}""",
)

Answer = Callable[[], Awaitable[bytes]]


async def run(settings: Settings) -> None:
    """Print milliseconds per request, with so many at once, and what share of the limit that is."""
    await connect(settings.database_url)
    account = await an_account(Role.STAFF, email="board@bench.example")
    board = await a_pipeline(*STAGES)
    await _fill(settings, board.id)
    token, parts = await issue_token(account.email), parts_of(settings)
    pool = await open_reads(settings.database_url, size=4)
    app = assemble(parts)
    contenders = {
        "board": _asking(app, token, BOARD, id=external("pip", board.id)),
        "board, limit": _asking(limits.Limit(pool, limits.BOARD, board.id), token, BOARD),
        "orders page": _asking(app, token, ORDERS),
        "orders page, limit": _asking(limits.Limit(pool, limits.ORDERS), token, ORDERS),
    }
    async with running(parts):
        spare_what_is_loaded()
        await _compare(contenders)
    await pool.close()
    await disconnect()


async def _fill(settings: Settings, pipeline_id: UUID) -> None:
    connection = await asyncpg.connect(**credentials(settings.database_url))
    for statement in FILL:
        await connection.execute(statement, pipeline_id)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _compare(contenders: dict[str, Answer]) -> None:
    for name in ("board", "orders page"):
        ours, by_hand = [json.loads(await contenders[each]()) for each in (name, f"{name}, limit")]
        assert ours == by_hand, f"{name}: {ours} {by_hand}"
    taken = await interleaved({name: _round(answer) for name, answer in contenders.items()}, ROUNDS)
    middle = {name: statistics.median(seconds) / REQUESTS * 1000 for name, seconds in taken.items()}
    print(f"{CARDS:,} open orders in {len(STAGES)} stages, 20 cards of each; {AT_ONCE} requests at once")
    for name, milliseconds in middle.items():
        print(f"{name:24}{milliseconds:8.2f} ms a request")
    for name in ("board", "orders page"):
        print(f"{name}: {middle[f'{name}, limit'] / middle[name]:.2f} of the limit's requests a second")


def _round(answer: Answer) -> Callable[[int], Awaitable[float]]:
    async def one_after_the_other() -> None:
        for _ in range(REQUESTS // AT_ONCE):
            await answer()

    async def contend(_number: int) -> float:
        began = time.perf_counter()
        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
        return time.perf_counter() - began

    return contend


def _asking(app: ASGIApp, token: str, query: str, **variables: Any) -> Answer:
    """One POST straight into an application; gives the body of its answer."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = [(b"content-type", b"application/json"), (b"authorization", f"Bearer {token}".encode())]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [*headers, (b"host", b"127.0.0.1"), (b"content-length", str(len(body)).encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def answer() -> bytes:
        sent = bytearray()

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.extend(message.get("body", b""))

        await app(dict(scope), receive, send)
        return bytes(sent)

    return answer
