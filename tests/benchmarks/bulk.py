"""One status for 10 000 orders in one call, beside the ORM's bulk calls doing the same work."""

import json
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.authentication.credentials import actor_of_account
from domain.database.pools import connect, disconnect
from domain.engine import event_log
from domain.kernel.actors import Actor, Role
from domain.kernel.ids import external, new_id
from settings import Settings
from tests.benchmarks import by_orm
from tests.benchmarks.load import Load
from tests.benchmarks.servers import API, server
from tests.benchmarks.timing import Round, interleaved, shown
from tests.makers.accounts import an_account

AT_ONCE, ROUNDS = 10_000, 5
AT_ONE_GO, ONE_BY_ONE = "clientStatusBulkSet ATOMIC, over HTTP", "clientStatusBulkSet PER_ITEM, over HTTP"
HIDDEN, BY_THE_ORM = "clientStatusBulkHide ATOMIC, over HTTP", "the ORM's bulk calls, without any HTTP"
ASKED = """{ bulkOperation { state total applied unchanged failed
    results { position orderId outcome errors { message } } } errors { message } }"""
SET = f"mutation ($input: ClientStatusBulkSetInput!) {{ answer: clientStatusBulkSet(input: $input) {ASKED} }}"
HIDE = f"mutation ($input: ClientStatusBulkHideInput!) {{ answer: clientStatusBulkHide(input: $input) {ASKED} }}"
LAST = "SELECT id FROM bulk_operations WHERE kind = 'CLIENT_STATUS_SET' ORDER BY id DESC LIMIT 1"
COUNTS = """
WITH changes AS (SELECT c.id FROM client_status_changes c WHERE c.bulk_operation_id = $1),
told AS (SELECT e.id FROM events e JOIN changes c ON c.id = e.id)
SELECT (SELECT count(*) FROM changes) AS history, (SELECT count(*) FROM told) AS events,
    (SELECT count(*) FROM outbox l JOIN told ON told.id = l.event_id) AS messages,
    (SELECT count(*) FROM bulk_results i WHERE i.operation_id = $1) AS results"""


class Caller:
    """Calls the API over HTTP and knows how long it took until the whole answer was there."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token = port, token
        self.kilobytes = 0.0

    async def call(self, document: str, order_ids: Sequence[UUID], **more: Any) -> float:
        given = {"orderIds": [external("ord", each) for each in order_ids], **more}
        body = json.dumps({"query": document, "variables": {"input": given}}).encode()
        began = time.perf_counter()
        answer = await self._answer(body)
        taken = time.perf_counter() - began
        operation = json.loads(answer)["data"]["answer"]["bulkOperation"]
        assert (operation["state"], operation["applied"]) == ("DONE", len(order_ids)), answer[:500]
        assert [each["orderId"] for each in operation["results"]] == given["orderIds"]
        self.kilobytes = len(answer) / 1024
        return taken

    async def wait_for_the_server(self) -> None:
        """It has begun to answer when it has answered once."""
        await self._answer(b'{"query": "{ __typename }"}')

    async def _answer(self, body: bytes) -> bytes:
        return await Load(self._port, "/graphql", body, self._token).once()


async def run(settings: Settings) -> None:
    """Print what each call takes, and the ORM beside it."""
    await connect(settings.database_url)
    account = await an_account(Role.STAFF, email=f"staff-{new_id()}@bench.example")
    actor = await actor_of_account(account.id, Role.STAFF)
    assert actor is not None
    token = await issue_token(account.email)
    async with server(*API) as api:
        caller = Caller(api.port, token)
        await caller.wait_for_the_server()
        await _measure(caller, actor)
        print(f"most memory of the API's process: {api.most_memory_mib} MiB")
    await disconnect()


async def _measure(caller: Caller, actor: Actor) -> None:
    rows = await connections.get("default").execute_query_dict(
        "SELECT id FROM orders WHERE number LIKE 'BM-%' ORDER BY created_at DESC LIMIT $1", [3 * AT_ONCE]
    )
    taken = await interleaved(_contenders(caller, actor, [row["id"] for row in rows]), ROUNDS)
    print(f"{AT_ONCE:,} orders in one call, {ROUNDS} rounds; answers of {caller.kilobytes:,.0f} KiB with every result")
    print(shown(taken))
    middle = {name: statistics.median(seconds) for name, seconds in taken.items()}
    for name in (AT_ONE_GO, ONE_BY_ONE):
        print(f"{name}: {middle[BY_THE_ORM] / middle[name]:.1f} x as fast as the ORM")
    await _prove()


def _contenders(caller: Caller, actor: Actor, ids: Sequence[UUID]) -> Mapping[str, Round]:
    """Each with orders of its own, but for hiding, which hides what was shown at one go."""
    first, second, third = ids[:AT_ONCE], ids[AT_ONCE : 2 * AT_ONCE], ids[2 * AT_ONCE :]
    run = f"Step {new_id().hex[-6:]}"

    async def at_one_go(number: int) -> float:
        return await caller.call(SET, first, label=f"{run} {number}", mode="ATOMIC")

    async def one_by_one(number: int) -> float:
        return await caller.call(SET, second, label=f"{run} {number}", mode="PER_ITEM")

    async def hidden(number: int) -> float:
        return await caller.call(HIDE, first, mode="ATOMIC")

    async def by_the_orm(number: int) -> float:
        began = time.perf_counter()
        await by_orm.set_status(third, f"{run} {number}", actor)
        return time.perf_counter() - began

    return {AT_ONE_GO: at_one_go, ONE_BY_ONE: one_by_one, HIDDEN: hidden, BY_THE_ORM: by_the_orm}


async def _prove() -> None:
    """Every order has its history, event, message and result, and no chain of events is broken, the ORM's neither."""
    async with in_transaction() as connection:
        await connection.execute_query("SET LOCAL statement_timeout = 0")
        (last,) = await connection.execute_query_dict(LAST)
        (counts,) = await connection.execute_query_dict(COUNTS, [last["id"]])
        broken = await event_log.broken_chains(connection)
    print(f"of the last call: {counts}; broken chains: {len(broken)}")
