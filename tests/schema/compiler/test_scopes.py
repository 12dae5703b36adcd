"""Scopes in compiled reads: rows at the root, below others, in counts, and fields for some kinds only."""

from dataclasses import replace

import pytest
import strawberry

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import ActorKind
from schema.declarations.errors import InvalidDeclaration
from schema.declarations.fields import column, embedded, lookup, to_many
from schema.execution.fast_path import FastPath
from tests.support.graphql.nullability import nullable_columns_of_non_null_fields
from tests.support.graphql.sample_reads import Reads
from tests.support.graphql.sample_rows import ACTORS, JOBS, identity
from tests.support.graphql.sample_schema import JOBS as JOB_SCOPE
from tests.support.graphql.sample_schema import SCHEMA

COUNTS = "{ jobs(first: 100) { totalCount nodes { number state client { name jobs(first: 9) { totalCount } } } } }"
SEEN = {
    ActorKind.MEMBER: 15,
    ActorKind.CUSTOMER: 4,
    ActorKind.LINK: 1,
    ActorKind.STAFF: 30,
    ActorKind.STAFF_ASSIGNED: 9,
    ActorKind.FINANCE: 30,
    ActorKind.ADMIN: 30,
}


@pytest.mark.parametrize(("kind", "count"), SEEN.items())
async def test_lists_and_counts_hold_what_may_be_seen(reads: Reads, kind: ActorKind, count: int) -> None:
    jobs = (await reads.both(COUNTS, kind))["jobs"]

    assert jobs["totalCount"] == len(jobs["nodes"]) == count


async def test_counts_below_a_row_are_scoped_too(reads: Reads) -> None:
    jobs = (await reads.both(COUNTS, ActorKind.CUSTOMER))["jobs"]["nodes"]

    assert {job["client"]["jobs"]["totalCount"] for job in jobs} == {4}
    assert "DRAFT" not in {job["state"] for job in jobs}


async def test_a_row_out_of_sight_looks_like_none(reads: Reads) -> None:
    query = "query ($id: ID!) { job(id: $id) { number client { name } } }"
    foreign = {"id": f"ord_{JOBS[1]}"}

    unseen = await reads.both(query, ActorKind.LINK, foreign)

    assert unseen == await reads.both(query, ActorKind.LINK, {"id": f"ord_{identity(9, 9)}"}) == {"job": None}


async def test_a_related_row_out_of_sight_is_null(reads: Reads) -> None:
    query = 'query { jobByNumber(number: "AF-00004") { number client { name } steps { id } } }'

    linked = (await reads.both(query, ActorKind.LINK))["jobByNumber"]
    staff = (await reads.both(query, ActorKind.STAFF))["jobByNumber"]

    assert linked["client"] is None
    assert staff["client"] is not None
    assert len(linked["steps"]) < len(staff["steps"])


async def test_fields_for_some_are_null_for_others(reads: Reads) -> None:
    query = "{ jobs(first: 100) { nodes { note client { email } } } }"

    for kind, sees_notes, sees_addresses in (
        (ActorKind.MEMBER, True, True),
        (ActorKind.STAFF, True, False),
        (ActorKind.CUSTOMER, False, False),
    ):
        nodes = (await reads.both(query, kind))["jobs"]["nodes"]
        assert any(node["note"] is not None for node in nodes) is sees_notes
        assert any(node["client"] and node["client"]["email"] for node in nodes) is sees_addresses


async def test_a_kind_the_source_does_not_name_sees_nothing(reads: Reads) -> None:
    clock = replace(ACTORS[ActorKind.STAFF], kind=ActorKind.CLOCK)
    everyone = FastPath(SCHEMA, reads.pool, kinds=list(ActorKind))

    answer = await everyone.answer("{ jobs(first: 5) { totalCount nodes { id } } }", None, None, clock)

    assert answer == b'{"data":{"jobs":{"totalCount":0,"nodes":[]}}}'


async def test_a_kind_that_may_not_use_the_schema_gets_no_answer(reads: Reads) -> None:
    staff_only = FastPath(SCHEMA, reads.pool, kinds={ActorKind.STAFF})

    assert await staff_only.answer("{ __typename }", None, None, ACTORS[ActorKind.CUSTOMER]) is None
    assert await staff_only.answer("{ __typename }", None, None, ACTORS[ActorKind.STAFF]) == (
        b'{"data":{"__typename":"Query"}}'
    )


UNSCOPED = ScopedTable("things", "sample.jobs", {})


@strawberry.type
class Thing:
    id: strawberry.ID = column(id_prefix="ord", description="Identity.")
    secret: str = column("{t}.note", only_for={ActorKind.STAFF}, description="Only for some.")
    parts: str = to_many(UNSCOPED, on="TRUE", order="{t}.id", description="No list.")
    note: str = column(description="May be null.")


@strawberry.type
class BadQuery:
    thing: Thing = lookup(UNSCOPED, column_name="id", id_prefix="ord", description="May be absent.")
    box: str = embedded(description="No object.")


async def test_declarations_that_contradict_themselves_are_named(reads: Reads) -> None:
    with pytest.raises(InvalidDeclaration) as refused:
        FastPath(strawberry.Schema(query=BadQuery), reads.pool, kinds=set())

    found = str(refused.value)
    assert "Thing.secret: is null for some kinds" in found
    assert "Thing.parts: its source things has no scopes" in found
    assert "Thing.parts: cannot be a String!" in found
    assert "BadQuery.thing: may be out of sight" in found
    assert "BadQuery.box: cannot be a String!" in found


@strawberry.type
class PromisingJob:
    number: str = column(description="Never null.")
    note: str = column(description="Null in the database.")


@strawberry.type
class PromisingQuery:
    job: PromisingJob | None = lookup(JOB_SCOPE, column_name="number", description="A job.")


async def test_promises_the_database_does_not_keep_are_named(reads: Reads) -> None:
    promising = strawberry.Schema(query=PromisingQuery)

    assert await nullable_columns_of_non_null_fields(promising._schema, reads.pool) == [
        "PromisingJob.note is never null, but sample.jobs.note may be"
    ]
    assert await nullable_columns_of_non_null_fields(SCHEMA._schema, reads.pool) == []
