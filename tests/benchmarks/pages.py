"""A page of orders and the first page of a board of 2 000 open orders, over HTTP, beside the limit and PostGraphile."""

import json
import statistics
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import asyncpg

from domain.accounts.authentication.api_tokens import issue_token
from domain.database.pools import connect, credentials, disconnect
from domain.kernel.actors import Role
from domain.kernel.ids import external
from settings import Settings
from tests.benchmarks import postgraphile
from tests.benchmarks.load import Load
from tests.benchmarks.seeds import work_and_bill
from tests.benchmarks.servers import API, LIMIT, Server, server
from tests.benchmarks.timing import interleaved, times_as_fast
from tests.makers.accounts import an_account
from tests.makers.pipelines import a_pipeline

CARDS, REQUESTS, AT_ONCE, ROUNDS = 2_000, 960, 16, 7
PAGES = ("orders page", "board")
PATHS = {"orders page": "/orders", "board": "/board"}
LIMIT_BESIDE, POSTGRAPHILE_BESIDE = ", limit", ", PostGraphile"
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
        changed_at = app_now() - interval '20 days', shown_since = app_now() - interval '20 days'
        FROM {ON_THE_BOARD} WHERE o.id = c.id""",
    f"""INSERT INTO assignments (id, order_id, account_id) SELECT uuidv7(), o.id,
        (SELECT id FROM accounts ORDER BY id LIMIT 1) FROM {ON_THE_BOARD}""",
)


async def run(settings: Settings) -> None:
    """Print milliseconds per request, with so many at once, and how that compares."""
    await connect(settings.database_url)
    account = await an_account(Role.STAFF, email="pages@bench.example")
    token, board = await issue_token(account.email), await a_pipeline(*STAGES)
    await work_and_bill(settings)
    await _fill(settings, board.id)
    await disconnect()
    commands = {"": API, LIMIT_BESIDE: LIMIT}
    if made_from_tables := postgraphile.installed():
        commands[POSTGRAPHILE_BESIDE] = made_from_tables
    async with AsyncExitStack() as stack:
        servers = {name: await stack.enter_async_context(server(*command)) for name, command in commands.items()}
        taken = await _compare(_contenders(servers, token, board.id))
        _report(taken, servers)


async def _fill(settings: Settings, pipeline_id: UUID) -> None:
    connection = await asyncpg.connect(**credentials(settings.database_url))
    for statement in FILL:
        await connection.execute(statement, pipeline_id)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _contenders(servers: Mapping[str, Server], token: str, board_id: UUID) -> dict[str, Load]:
    """Each page of each server, by the names of both; those that are compared follow each other."""
    orders, board = _body(ORDERS), _body(BOARD, id=external("pip", board_id))
    from_tables = _body(postgraphile.BOARD, id=str(board_id))
    asked = {
        PAGES[0]: {"": orders, LIMIT_BESIDE: orders, POSTGRAPHILE_BESIDE: _body(postgraphile.ORDERS)},
        PAGES[1]: {"": board, LIMIT_BESIDE: board, POSTGRAPHILE_BESIDE: from_tables},
    }
    return {
        f"{page}{name}": Load(each.port, PATHS[page] if name == LIMIT_BESIDE else "/graphql", bodies[name], token)
        for page, bodies in asked.items()
        for name, each in servers.items()
    }


def _body(query: str, **variables: Any) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


async def _compare(contenders: dict[str, Load]) -> dict[str, list[float]]:
    """Milliseconds per request of each in each round, once all are seen to say the same."""
    for name in PAGES:
        both = (name, f"{name}{LIMIT_BESIDE}")
        ours, by_hand = [json.loads(await contenders[each].once())["data"] for each in both]
        assert ours == by_hand, f"{name}: {ours} {by_hand}"
        if from_tables := contenders.get(f"{name}{POSTGRAPHILE_BESIDE}"):
            theirs = json.loads(await from_tables.once())
            assert _numbers(theirs) == _numbers(ours), f"{name}: {theirs}"
    taken = await interleaved({name: _round(load) for name, load in contenders.items()}, ROUNDS)
    return {name: [each / REQUESTS * 1000 for each in seconds] for name, seconds in taken.items()}


def _numbers(answer: Any) -> list[str]:
    """The numbers of orders in an answer, in their order: how the rest is called differs."""
    if isinstance(answer, list):
        return [number for each in answer for number in _numbers(each)]
    if not isinstance(answer, dict):
        return []
    return [answer["number"]] if "number" in answer else _numbers(list(answer.values()))


def _round(load: Load) -> Callable[[int], Awaitable[float]]:
    async def contend(_number: int) -> float:
        return await load.seconds(connections=AT_ONCE, requests=REQUESTS)

    return contend


def _report(taken: dict[str, list[float]], servers: Mapping[str, Server]) -> None:
    """The medians; shares are taken within each round, which slows all alike when it is slow."""
    print(f"50 orders a page; {CARDS:,} open orders in {len(STAGES)} stages, 20 cards of each; {AT_ONCE} connections")
    for name, milliseconds in taken.items():
        print(f"{name:28}{statistics.median(milliseconds):8.2f} ms a request")
    for name in PAGES:
        print(f"{name}: {_share(taken, name, LIMIT_BESIDE)} of the limit's requests a second")
        if POSTGRAPHILE_BESIDE in servers:
            print(f"{name}: {_share(taken, name, POSTGRAPHILE_BESIDE)} times those of PostGraphile")
    for name, each in servers.items():
        print(f"most memory of {name.removeprefix(', ') or 'the API'}: {each.most_memory_mib} MiB")


def _share(taken: Mapping[str, list[float]], name: str, beside: str) -> str:
    return times_as_fast(taken[name], taken[f"{name}{beside}"])
