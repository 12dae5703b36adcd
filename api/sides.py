"""The two GraphQL APIs: operations for the people behind the counter, portal for customers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import strawberry

from domain.database.pools import read_sessions
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS, ActorKind
from schema.compiled.fast_path import FastPath
from schema.operations import schema as operations
from schema.portal import schema as portal

SideName = Literal["operations", "portal"]
Sides = Mapping[SideName, "Side"]


@dataclass(frozen=True, eq=False)
class Side:
    """One schema, its compiled reads, and the kinds of actors that may use it."""

    name: SideName
    schema: strawberry.Schema
    fast_path: FastPath
    kinds: Collection[ActorKind]


def both_sides() -> Sides:
    """Operations and portal, reading from whichever pool is open when they are asked."""
    return {
        "operations": side("operations", operations, OPERATIONS_KINDS),
        "portal": side("portal", portal, PORTAL_KINDS),
    }


def side(name: SideName, schema: strawberry.Schema, kinds: Collection[ActorKind]) -> Side:
    """One side with its compiled reads."""
    return Side(name, schema, FastPath(schema, _OpenPool(), kinds=kinds), kinds)


class _OpenPool:
    async def fetchrow(self, query: str, *args: Any) -> Any:
        return await read_sessions().fetchrow(query, *args)
