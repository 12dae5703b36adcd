"""A value that is null although its type says it never is goes to the executor, which reports it as ever."""

from types import SimpleNamespace
from typing import Any

import pytest
import strawberry

from domain.kernel.actors import ActorKind
from schema.declarations.fields import column, computed, lookup, to_one
from schema.execution.fast_path import FastPath
from tests.support.graphql.sample_reads import CIRCUMSTANCES, Reads
from tests.support.graphql.sample_rows import ACTORS
from tests.support.graphql.sample_schema import CLIENTS, JOBS


@strawberry.type
class SureClient:
    name: str = column(description="The name.")


@strawberry.type
class SureJob:
    client: SureClient = to_one(CLIENTS, on="{t}.id = {p}.client_id", description="Missing for some jobs.")
    label: str = column("{t}.number || {t}.former_state", description="Null for some jobs.")
    nothing: str = computed(None, lambda *_: None, description="Null for all jobs.")
    hurry: str | None = column("{t}.urgent::text", description="May be null.")


@strawberry.type
class SureQuery:
    job: SureJob | None = lookup(JOBS, column_name="number", description="A job.")


SCHEMA = strawberry.Schema(query=SureQuery)


@pytest.mark.parametrize("selected", ["client { name }", "label", "nothing"])
async def test_both_paths_refuse_a_broken_promise(reads: Reads, selected: str) -> None:
    query = f'{{ job(number: "AF-00009") {{ hurry {selected} }} }}'
    sure = FastPath(SCHEMA, reads.pool, kinds=list(ActorKind), context_query=CIRCUMSTANCES)

    assert await sure.answer(query, None, None, ACTORS[ActorKind.STAFF]) is None

    context: Any = SimpleNamespace(actor=ACTORS[ActorKind.STAFF], plan_runner=sure.plan_runner)
    result = await SCHEMA.execute(query, context_value=context)
    assert result.data == {"job": None}
    assert result.errors is not None


async def test_kept_promises_are_answered(reads: Reads) -> None:
    query = '{ job(number: "AF-00004") { hurry client { name } label } }'
    sure = FastPath(SCHEMA, reads.pool, kinds=list(ActorKind), context_query=CIRCUMSTANCES)

    answer = await sure.answer(query, None, None, ACTORS[ActorKind.STAFF])

    assert answer is not None
    assert b'"label":"AF-00004DONE"' in answer
