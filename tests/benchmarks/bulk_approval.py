"""Many orders approved in one call, where the schema has that mutation."""

import json
import time
from collections.abc import Sequence
from typing import Any

import asyncpg

from domain import commands
from domain.kernel.actors import Role
from domain.kernel.ids import external, internal
from tests.benchmarks import move_rows
from tests.benchmarks.load import Load
from tests.benchmarks.move_contest import OURS, Contest
from tests.benchmarks.sizes import ORDERS

NAME, INPUT = "orderBulkApprove", "OrderBulkApproveInput"
ORDERS_AT_ONCE = ORDERS // 20
# What a payload has beside the operation itself.
COMMON = frozenset({"errors", "replayed"})
OFFERED = f"""{{ mutations: __type(name: "Mutation") {{ fields {{ name type {{ ofType {{ fields {{ name }} }} }} }} }}
    input: __type(name: "{INPUT}") {{ inputFields {{ name }} }} }}"""
APPROVE = f"""mutation ($input: {INPUT}!) {{ answer: {NAME}(input: $input) {{
    operation: {{entity}} {{ id state total applied failed }} errors {{ message }} }} }}"""
STATE = "query ($id: ID!) { operation: bulkOperation(id: $id) { id state total applied failed } }"


class _Client:
    """Asks the API as an employee."""

    def __init__(self, contest: Contest) -> None:
        self._port, self._token = contest.servers[OURS].port, contest.prepared.people[Role.STAFF].token

    async def ask(self, query: str, **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        return json.loads(await Load(self._port, "/graphql", body, self._token).once())["data"]


async def run(contest: Contest, connection: asyncpg.Connection) -> None:
    """Print the seconds until every order is approved, or that there is no such mutation."""
    client = _Client(contest)
    offered = await client.ask(OFFERED)
    payload = _payload(offered["mutations"]["fields"])
    if not payload:
        print(f"{NAME}: skipped, the schema has no such mutation")
        return
    order_ids = await move_rows.copy_offers(connection, contest.prepared.templates.in_review, ORDERS_AT_ONCE)
    (entity,) = payload - COMMON
    names = {each["name"] for each in offered["input"]["inputFields"]}
    ids = [external("ord", each) for each in order_ids]
    given = {"orderIds" if "orderIds" in names else "ids": ids, "mode": "PER_ITEM", "dryRun": False}
    began = time.perf_counter()
    operation = await _finish(client, (await client.ask(APPROVE.replace("{entity}", entity), input=given))["answer"])
    print(f"{NAME} of {len(ids):,} orders, PER_ITEM: {time.perf_counter() - began:.1f} s, {operation}")


def _payload(mutations: Sequence[Any]) -> set[str]:
    """The fields of its payload; none when there is no such mutation."""
    found = [each["type"]["ofType"]["fields"] for each in mutations if each["name"] == NAME]
    return {each["name"] for fields in found for each in fields}


async def _finish(client: _Client, answer: Any) -> Any:
    """Work a large operation to its end, as the scheduler does; return how it ended."""
    assert not answer["errors"], answer["errors"]
    operation = answer["operation"]
    while operation["state"] not in ("DONE", "FAILED", "CANCELED"):
        await commands.run_bulk_operation(internal(operation["id"][:3], operation["id"]))
        operation = (await client.ask(STATE, id=operation["id"]))["operation"]
    return operation
