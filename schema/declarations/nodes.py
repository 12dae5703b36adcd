"""Declaration of fields that find rows of any type by the prefix of their identifiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from domain.access.scoped_table import ScopedTable
from schema.declarations.arguments import field_argument
from schema.declarations.declared_field import DeclaredField
from schema.declarations.errors import InvalidDeclaration
from schema.declarations.types import Column, Declaration

MAX_NODES = 100


@dataclass(frozen=True)
class NodeSource:
    """The type behind one prefix of identifiers, and the table of its rows."""

    type_name: str
    table: ScopedTable


NodeSources = Mapping[str, NodeSource]


@dataclass(frozen=True, kw_only=True)
class NodeLookup(Declaration):
    """One row of any type; `sources` by the prefix of its identifier."""

    sources: NodeSources


@dataclass(frozen=True, kw_only=True)
class NodeList(Declaration):
    """Rows of any types, one or null for each identifier, in the order of these."""

    sources: NodeSources


def node_sources(tables: Mapping[type, ScopedTable]) -> NodeSources:
    """The sources of a schema from its entities and their tables; `InvalidDeclaration` when two share a prefix."""
    found: dict[str, NodeSource] = {}
    for entity, table in tables.items():
        prefix, name = _id_prefix(entity), entity.__name__
        if prefix in found:
            raise InvalidDeclaration(f"{name} and {found[prefix].type_name} share the prefix {prefix}")
        found[prefix] = NodeSource(name, table)
    return found


def node_lookup(sources: NodeSources, *, description: str) -> Any:
    """One row of any type: `node(id:)`. Rows that do not exist and rows that are not visible are null."""
    return DeclaredField.of(
        NodeLookup(sources=sources), description, [field_argument("id", strawberry.ID, description="Its identifier.")]
    )


def node_list(sources: NodeSources, *, description: str) -> Any:
    """Rows of any types: `nodes(ids:)`, at most `MAX_NODES` at once."""
    ids = field_argument("ids", list[strawberry.ID], description=f"Their identifiers, at most {MAX_NODES}.")
    return DeclaredField.of(NodeList(sources=sources), description, [ids])


def _id_prefix(entity: type) -> str:
    definition: Any = entity.__strawberry_definition__  # type: ignore[attr-defined]
    field = next((each for each in definition.fields if each.python_name == "id"), None)
    declaration = field.declaration if isinstance(field, DeclaredField) else None
    if not isinstance(declaration, Column) or declaration.id_prefix is None:
        raise InvalidDeclaration(f"{entity.__name__} has no identifier")
    return declaration.id_prefix
