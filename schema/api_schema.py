"""The two GraphQL APIs: operations for the operator's staff, portal for customers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import strawberry

from domain.database.pools import read_sessions
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS, ActorKind, Role
from schema.execution.costs import OperationCosts
from schema.execution.fast_path import FastPath
from schema.operations import schema as operations
from schema.portal import schema as portal

SchemaName = Literal["operations", "portal"]
ApiSchemas = Mapping[SchemaName, "ApiSchema"]


@dataclass(frozen=True, eq=False)
class ApiSchema:
    """One schema, its compiled reads, and the kinds of actors that may use it."""

    name: SchemaName
    schema: strawberry.Schema
    fast_path: FastPath
    costs: OperationCosts
    actor_kinds: Collection[ActorKind]


def build_api_schemas() -> ApiSchemas:
    """Operations and portal; each read uses the pool that is open at that moment."""
    return {
        "operations": build_api_schema("operations", operations, OPERATIONS_KINDS),
        "portal": build_api_schema("portal", portal, PORTAL_KINDS),
    }


def build_api_schema(name: SchemaName, schema: strawberry.Schema, kinds: Collection[ActorKind]) -> ApiSchema:
    """One schema with its compiled reads.

    Messages to an account about itself are read as that account, which no request can be authenticated as.
    """
    fast_path = FastPath(schema, _ReadPool(), kinds={*kinds, ActorKind.ACCOUNT})
    return ApiSchema(name, schema, fast_path, OperationCosts(schema._schema), kinds)


def schema_name_of(role: Role) -> SchemaName:
    """The schema that serves people of this role."""
    return "portal" if role is Role.CUSTOMER else "operations"


class _ReadPool:
    async def fetchrow(self, query: str, *args: Any, plans_for_values: bool = False) -> Any:
        return await read_sessions().fetchrow(query, *args, plans_for_values=plans_for_values)
