"""Objects of any type by their identifiers: order, scope, errors, one statement, and the plan of each set of types."""

import pytest

from domain.kernel.actors import ActorKind
from schema.declarations.errors import InvalidDeclaration
from schema.declarations.nodes import MAX_NODES, node_sources
from tests.support.graphql.sample_reads import Reads
from tests.support.graphql.sample_rows import CLIENTS, JOBS, identity
from tests.support.graphql.sample_schema import CLIENTS as CLIENTS_SCOPE
from tests.support.graphql.sample_schema import JOBS as JOBS_SCOPE
from tests.support.graphql.sample_schema import STEPS, Client, Job, Step

ONE = """query ($id: ID!) { node(id: $id) { __typename id ... on Job { number late options { name } }
    ... on Client { name } } }"""
SEVERAL = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Job { number late } ...Known } } "
SEVERAL += "fragment Known on Client { name jobs(last: 1) { nodes { number } } }"
JOB, CLIENT, STEP = f"ord_{JOBS[4]}", f"cus_{CLIENTS[0]}", f"evt_{identity(5, 4)}"
ABSENT = f"ord_{identity(9, 9)}"


async def test_the_prefix_leads_to_the_type(reads: Reads) -> None:
    job = (await reads.both(ONE, variables={"id": JOB}))["node"]
    client = (await reads.both(ONE, variables={"id": CLIENT}))["node"]

    assert (job["__typename"], job["id"], job["number"]) == ("Job", JOB, "AF-00004")
    assert client == {"__typename": "Client", "id": CLIENT, "name": 'Quotes "here" and \\ there'}


async def test_several_keep_their_order_with_null_for_what_is_absent(reads: Reads) -> None:
    asked = [CLIENT, ABSENT, JOB, STEP, CLIENT]

    found = (await reads.both(SEVERAL, variables={"ids": asked}))["nodes"]

    assert [each and each["id"] for each in found] == [CLIENT, None, JOB, STEP, CLIENT]
    assert [each and each["__typename"] for each in found] == ["Client", None, "Job", "Step", "Client"]


async def test_what_is_out_of_sight_is_null_like_what_is_absent(reads: Reads) -> None:
    foreign = f"ord_{JOBS[5]}"

    one = await reads.both(ONE, ActorKind.LINK, {"id": foreign})
    several = await reads.both(SEVERAL, ActorKind.LINK, {"ids": [foreign, CLIENT, ABSENT]})

    assert one == {"node": None}
    assert several == {"nodes": [None, None, None]}


async def test_no_identifiers_are_no_objects(reads: Reads) -> None:
    assert await reads.both(SEVERAL, variables={"ids": []}) == {"nodes": []}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nonsense", "'nonsense' is no identifier; one looks like ord_01974f3e-5b1a-7c2d-8e9f-0a1b2c3d4e5f."),
        (f"xyz_{JOBS[4]}", "There is no type whose identifiers begin with `xyz_`."),
    ],
)
async def test_what_is_no_identifier_is_an_error(reads: Reads, given: str, message: str) -> None:
    for query, variables in ((ONE, {"id": given}), (SEVERAL, {"ids": [JOB, given]})):
        assert await reads.fast(query, variables=variables) is None
        (error,) = (await reads.ordinary(query, variables=variables))["errors"]
        assert (error["message"], error["extensions"]) == (message, {"code": "BAD_USER_INPUT"})


async def test_more_than_a_hundred_are_refused(reads: Reads) -> None:
    given = {"ids": [JOB] * (MAX_NODES + 1)}

    (error,) = (await reads.ordinary(SEVERAL, variables=given))["errors"]

    assert await reads.fast(SEVERAL, variables=given) is None
    assert error["message"] == "`ids` names at most 100 objects."


async def test_identifiers_of_one_type_share_a_plan_and_those_of_others_do_not(reads: Reads) -> None:
    plans = reads.fast_path._plans._kept
    await reads.fast(ONE, variables={"id": JOB})
    before = len(plans)

    await reads.fast(ONE, variables={"id": f"ord_{JOBS[6]}"})
    same = len(plans) - before
    await reads.fast(ONE, variables={"id": STEP})

    assert (same, len(plans) - before) == (0, 1)


async def test_objects_of_three_types_are_read_by_one_statement(reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []
    fetch = reads.fast_path.plan_runner._pool.fetchrow

    async def count(statement: str, *values: object, plans_for_values: bool = False) -> object:
        statements.append(statement)
        return await fetch(statement, *values, plans_for_values=plans_for_values)

    monkeypatch.setattr(reads.fast_path.plan_runner._pool, "fetchrow", count)
    await reads.fast(SEVERAL, variables={"ids": [JOB, CLIENT, STEP, f"ord_{JOBS[6]}"]})

    assert len(statements) == 1


def test_two_types_with_one_prefix_are_no_schema() -> None:
    class Twin(Client):
        """Another client."""

    with pytest.raises(InvalidDeclaration, match="share the prefix cus"):
        node_sources({Client: CLIENTS_SCOPE, Twin: CLIENTS_SCOPE, Job: JOBS_SCOPE, Step: STEPS})
