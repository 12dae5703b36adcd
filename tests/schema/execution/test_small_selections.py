"""Every field of every type alone, and with every other field of its type, for every kind of actor, on every path.

`test_both_schemas` selects all fields of a type at once.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, parse
from graphql.execution.values import VariableValues

from domain.demo import seed
from domain.kernel.actors import ActorKind
from schema.compiler.errors import InvalidArgument, NotCompilable
from schema.compiler.placeholders import PLACEHOLDER_SEPARATOR, PLACEHOLDER_START
from schema.compiler.selection import Selections
from schema.execution.plans import Plan, plan_query
from settings import Settings
from tests.support.graphql.demo_actors import somebody
from tests.support.graphql.field_queries import identities
from tests.support.graphql.schema_client import SchemaClient, operations_client, portal_client
from tests.support.graphql.small_selections import documents, packed_documents, payload_documents
from tests.support.servers import TestDatabase

PARAMETER = re.compile(r"\$(\d+)")
IDENTITY = re.compile(r'"__typename": "(?P<type>\w+)", "id": "(?P<id>[-\w]+)"')
UNFILLED = re.compile(r"\{[a-z_]+\}")
PLACEHOLDER = re.compile(f"{PLACEHOLDER_START}(\\d+){PLACEHOLDER_SEPARATOR}")
SIDES = {"operations": operations_client, "portal": portal_client}
NO_VARIABLES = VariableValues({}, {})


@pytest.fixture(params=SIDES)
def side(request: pytest.FixtureRequest, settings: Settings, pools: None) -> SchemaClient:
    """One of both schemas."""
    return SIDES[request.param](settings)


@pytest_asyncio.fixture(scope="module")
async def rows_of_demo(own_database: TestDatabase, pools: None) -> AsyncIterator[None]:
    """The demo's rows, which no test here changes."""
    await own_database.fill("demo", seed)
    yield
    await own_database.clean()


@pytest.mark.parametrize(
    ("side", "together"),
    [
        ("operations", 1),
        pytest.param("operations", 2, marks=pytest.mark.thorough),
        ("portal", 1),
        ("portal", 2),
    ],
    indirect=["side"],
)
def test_a_statement_binds_exactly_what_it_mentions(side: SchemaClient, together: int) -> None:
    for text, kind, plan in plans(side, together=together):
        mentioned = {int(number) for number in PARAMETER.findall(plan.text)}
        assert mentioned == set(range(1, len(plan.parameters) + 1)), (kind, text)
        assert not UNFILLED.search(plan.text), (kind, text)
        assert_facts_come_first(plan)


async def test_every_field_alone_is_answered_by_its_statement(side: SchemaClient, rows_of_demo: None) -> None:
    actors = {kind: await somebody(kind) for kind in side.kinds}

    for text, kind, plan in plans(side, together=1):
        try:
            await side.fast_path.plan_runner.run(plan, NO_VARIABLES, actors[kind])
        except Exception as fault:
            pytest.fail(f"{kind} {text}: {fault!r}")


async def test_every_field_alone_is_answered_by_the_executor(side: SchemaClient, rows_of_demo: None) -> None:
    for kind in sorted(side.kinds):
        actor = await somebody(kind)
        for text in packed_documents(side.schema._schema):
            await side.slowly(text, actor)


async def test_every_field_of_a_payload_alone_is_answered(side: SchemaClient, rows_of_demo: None) -> None:
    rows = await identifiers_of_rows(side)

    for kind in set(side.kinds) - {ActorKind.STAFF, ActorKind.STAFF_ASSIGNED, ActorKind.FINANCE}:
        actor = await somebody(kind)
        for text in payload_documents(side.schema._schema, rows):
            await side.slowly(text, actor)

    assert "Order" in rows


async def identifiers_of_rows(side: SchemaClient) -> dict[str, str]:
    """The identifier of one row by the name of its type, as far as the widest kind of actor finds one."""
    actor = await somebody(ActorKind.ADMIN if ActorKind.ADMIN in side.kinds else ActorKind.CUSTOMER)
    found: dict[str, str] = {}
    for query in identities(side.schema._schema, page=1):
        text = json.dumps(await side.slowly(query, actor))
        found |= {match["type"]: match["id"] for match in IDENTITY.finditer(text)}
    return found


def plans(side: SchemaClient, *, together: int) -> Iterator[tuple[str, ActorKind, Plan]]:
    """The plan of each document for each kind of actor; equal statements come once."""
    seen: set[str] = set()
    for text in documents(side.schema._schema, together=together):
        document = parse(text, no_location=True)
        for kind in sorted(side.kinds):
            plan = compiled(side.schema._schema, document, kind)
            if plan and plan.text not in seen:
                seen.add(plan.text)
                yield text, kind, plan
    assert len(seen) > 700


def compiled(schema: GraphQLSchema, document: DocumentNode, kind: ActorKind) -> Plan | None:
    """The plan of a valid document, None where the executor answers."""
    (operation,), query = document.definitions, schema.query_type
    assert isinstance(operation, OperationDefinitionNode)
    assert query is not None
    selections = Selections(schema, {}, NO_VARIABLES)
    try:
        return plan_query(query, selections.of([operation.selection_set], query), selections, kind)
    except (NotCompilable, InvalidArgument):
        return None


def assert_facts_come_first(plan: Plan) -> None:
    """A computed field that shares the facts of another stands behind it."""
    seen: set[int] = set()
    for found in PLACEHOLDER.findall(plan.text):
        shared = plan.placeholders[int(found)].shares_with
        assert shared is None or shared in seen
        seen.add(int(found))
