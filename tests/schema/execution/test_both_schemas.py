"""Operations and portal: every field for every kind of actor, the same on both paths, over the demo's rows."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import strawberry

from domain.database.pools import read_sessions
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS, Actor, ActorKind
from schema.execution.fast_path import FastPath
from schema.operations import schema as operations
from schema.portal import schema as portal
from tests.support.graphql.demo_actors import somebody
from tests.support.graphql.field_queries import every_field, identities
from tests.support.graphql.nullability import nullable_columns_of_non_null_fields

IDENTITY = re.compile(r'"__typename": "(?P<type>\w+)", "id": "(?P<id>\w+-[-\w]+)"')
SIDES = {"operations": (operations, OPERATIONS_KINDS), "portal": (portal, PORTAL_KINDS)}


async def somebody_everywhere(kind: ActorKind) -> Actor:
    """The same person, on behalf of every customer."""
    customers = await read_sessions().fetch("SELECT id FROM customers ORDER BY id")
    return replace(await somebody(kind), customer_ids=tuple(row["id"] for row in customers))


async def answers(schema: strawberry.Schema, query: str, actor: Actor) -> tuple[Any, Any]:
    """What the fast path and the executor say."""
    fast_path = FastPath(schema, read_sessions(), kinds={actor.kind})
    body = await fast_path.answer(query, None, None, actor)
    context = SimpleNamespace(actor=actor, plan_runner=fast_path.plan_runner, language=actor.language)
    result = await schema.execute(query, context_value=context)
    assert result.errors is None, (query, result.errors)
    return body and json.loads(body)["data"], result.data


async def test_every_field_is_the_same_on_both_paths_for_everybody(demo: None) -> None:
    for schema, kinds in SIDES.values():
        for kind in sorted(kinds):
            actor = await somebody(kind)
            for query in every_field(schema._schema):
                fast, ordinary = await answers(schema, query, actor)
                assert fast == ordinary, (kind, query)


@pytest.mark.parametrize(
    ("side", "kind", "types"), [("operations", ActorKind.ADMIN, 25), ("portal", ActorKind.CUSTOMER, 10)]
)
async def test_identifiers_of_any_type_lead_back_to_their_object(
    demo: None, side: str, kind: ActorKind, types: int
) -> None:
    schema, actor = SIDES[side][0], await somebody_everywhere(kind)
    found: dict[str, str] = {}
    for query in identities(schema._schema, page=40):
        text = json.dumps((await answers(schema, query, actor))[0])
        found |= {match["type"]: match["id"] for match in IDENTITY.finditer(text)}

    asked = f"{{ nodes(ids: {json.dumps(list(found.values()))}) {{ __typename id }} }}"
    fast, ordinary = await answers(schema, asked, actor)

    assert fast == ordinary == {"nodes": [{"__typename": name, "id": each} for name, each in found.items()]}
    assert len(found) >= types


@pytest.mark.parametrize("side", SIDES)
async def test_what_is_never_null_cannot_be(pools: None, side: str) -> None:
    assert await nullable_columns_of_non_null_fields(SIDES[side][0]._schema, read_sessions()) == []
