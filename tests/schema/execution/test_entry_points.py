"""Payloads and subscriptions load their whole selection at once, in the viewer's scope."""

import json
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.actors import ActorKind
from schema.execution.raw_json import RawJsonPlaceholders
from tests.support.graphql.sample_reads import Reads
from tests.support.graphql.sample_rows import JOBS
from tests.support.graphql.sample_schema import SCHEMA

TOUCH = """mutation ($id: ID!, $more: Boolean!) {
    jobTouch(job: $id) { replayed job { id number client { name } net { formatted }
        also: options(atMost: 1) { name } label @include(if: $more) } again: job { state } } }"""


async def test_a_payload_holds_what_its_selection_asks(reads: Reads) -> None:
    given = {"id": f"ord_{JOBS[4]}", "more": True}

    answer = await reads.ordinary(TOUCH, variables=given)

    assert answer["data"]["jobTouch"] == {
        "replayed": False,
        "job": {
            "id": f"ord_{JOBS[4]}",
            "number": "AF-00004",
            "client": {"name": "a\x01b\x02c\x03d\x1f"},
            "net": {"formatted": "40.20 EUR"},
            "also": [{"name": "finish"}],
            "label": "AF-00004 line\nbreak\ttab\u2028separator",
        },
        "again": {"state": "ACTIVE"},
    }


async def test_a_payload_out_of_sight_is_null(reads: Reads) -> None:
    given = {"id": f"ord_{JOBS[5]}", "more": False}

    answer = await reads.ordinary(TOUCH, ActorKind.LINK, given)

    assert answer["data"]["jobTouch"] == {"replayed": False, "job": None, "again": None}


@pytest.mark.parametrize("job", JOBS[4:6])
async def test_where_a_response_becomes_text_it_says_the_same(reads: Reads, job: UUID) -> None:
    given, context = {"id": f"ord_{job}", "more": True}, reads.context(ActorKind.LINK)
    context.raw_json_placeholders = RawJsonPlaceholders()

    result = await SCHEMA.execute(TOUCH, variable_values=given, context_value=context)

    written = context.raw_json_placeholders.fill(json.dumps(result.data))
    assert json.loads(written) == (await reads.ordinary(TOUCH, ActorKind.LINK, given))["data"]
    assert len(context.raw_json_placeholders) == (2 if job == JOBS[4] else 0)


async def test_a_subscription_loads_each_change_for_its_viewer(reads: Reads) -> None:
    query = """subscription ($jobs: [ID!]!) { jobChanged(jobs: $jobs) {
        number note net { amount } short: options(atMost: 1) { name } } }"""
    seen = []

    stream = await SCHEMA.subscribe(
        query,
        variable_values={"jobs": [f"ord_{JOBS[4]}", f"ord_{JOBS[5]}"]},
        context_value=reads.context(ActorKind.LINK),
    )
    async for change in stream:
        seen.append(change.data)

    job = {"number": "AF-00004", "note": None, "net": {"amount": "40.20"}, "short": [{"name": "finish"}]}
    assert seen == [{"jobChanged": job}]


async def test_an_entry_point_costs_one_statement(reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []

    class Counted:
        async def fetchrow(self, query: str, *values: Any, plans_for_values: bool = False) -> Any:
            statements.append(query)
            return await reads.pool.fetchrow(query, *values)

    monkeypatch.setattr(reads.fast_path.plan_runner, "_pool", Counted())

    await reads.ordinary("{ jobs(first: 30) { nodes { id client { name } steps { id } options { name } } } }")

    assert len(statements) == 1
