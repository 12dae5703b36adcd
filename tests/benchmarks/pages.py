"""A page of orders and the first page of a board of 2 000 open orders, over HTTP, each beside the limit."""

import json
import statistics
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import asyncpg

from domain.accounts.tokens import issue_token
from domain.core.actors import Role
from domain.core.database import connect, credentials, disconnect
from domain.core.ids import external
from settings import Settings
from tests.benchmarks.load import Load
from tests.benchmarks.seeds import work_and_bill
from tests.benchmarks.servers import API, LIMIT, Server, server
from tests.benchmarks.timing import interleaved
from tests.makers.accounts import an_account
from tests.makers.pipelines import a_pipeline

CARDS, REQUESTS, AT_ONCE, ROUNDS = 2_000, 960, 16, 7
PAGES = ("orders page", "board")
STAGES = ("Anfrage", "Geplant", "In Arbeit", "Prüfung", "Rückfrage", "Fertig")
BOARD = """query ($id: ID!) { pipeline(id: $id) { name showsClientStatus stages { name color cardLimit
    cards(first: 20) { totalCount nodes { id number project late tags member { name } customer { legalName }
        assignees { name } clientStatus { visibility label color expectedOn stale } } } } } }"""
ORDERS = """{ orders(first: 50) { nodes { id number project status createdAt customer { legalName }
    clientStatus { visibility label color expectedOn stale } latestDelivery { status deliveredAt }
    invoices { provisionalNumber status net { amount } } } pageInfo { hasNextPage } } }"""
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


async def run(settings: Settings) -> None:
    """Print milliseconds per request, with so many at once, and what share of the limit's requests that is."""
    await connect(settings.database_url)
    account = await an_account(Role.STAFF, email="pages@bench.example")
    token, board = await issue_token(account.email), await a_pipeline(*STAGES)
    await work_and_bill(settings)
    await _fill(settings, board.id)
    await disconnect()
    async with AsyncExitStack() as stack:
        api, limit = [await stack.enter_async_context(server(*module)) for module in (API, LIMIT)]
        taken = await _compare(_contenders(api, limit, token, external("pip", board.id)))
        _report(taken, api)


async def _fill(settings: Settings, pipeline_id: UUID) -> None:
    connection = await asyncpg.connect(**credentials(settings.database_url))
    for statement in FILL:
        await connection.execute(statement, pipeline_id)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _contenders(api: Server, limit: Server, token: str, board_id: str) -> dict[str, Load]:
    def body(query: str, **variables: Any) -> bytes:
        return json.dumps({"query": query, "variables": variables}).encode()

    board, orders = body(BOARD, id=board_id), body(ORDERS)
    return {
        "orders page": Load(api.port, "/graphql", orders, token),
        "orders page, limit": Load(limit.port, "/orders", orders, token),
        "board": Load(api.port, "/graphql", board, token),
        "board, limit": Load(limit.port, "/board", board, token),
    }


async def _compare(contenders: dict[str, Load]) -> dict[str, list[float]]:
    """Milliseconds per request of each in each round, once all are seen to say the same."""
    for name in PAGES:
        ours, by_hand = [json.loads(await contenders[each].once()) for each in (name, f"{name}, limit")]
        assert ours == by_hand, f"{name}: {ours} {by_hand}"
    taken = await interleaved({name: _round(load) for name, load in contenders.items()}, ROUNDS)
    return {name: [each / REQUESTS * 1000 for each in seconds] for name, seconds in taken.items()}


def _round(load: Load) -> Callable[[int], Awaitable[float]]:
    async def contend(_number: int) -> float:
        return await load.seconds(connections=AT_ONCE, requests=REQUESTS)

    return contend


def _report(taken: dict[str, list[float]], api: Server) -> None:
    """The medians; shares are taken within each round, which slows both alike when it is slow."""
    print(f"50 orders a page; {CARDS:,} open orders in {len(STAGES)} stages, 20 cards of each; {AT_ONCE} connections")
    for name, milliseconds in taken.items():
        print(f"{name:24}{statistics.median(milliseconds):8.2f} ms a request")
    for name in PAGES:
        shares = [limit / ours for ours, limit in zip(taken[name], taken[f"{name}, limit"], strict=True)]
        least, middle, most = min(shares), statistics.median(shares), max(shares)
        print(f"{name}: {middle:.2f} of the limit's requests a second ({least:.2f} to {most:.2f})")
    print(f"most memory of the API's process: {api.most_memory_mib} MiB")
