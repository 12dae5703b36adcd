"""The ordinary path: an entry point loads its whole selection at once, and fields read from the loaded objects."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLResolveInfo,
    NameNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.values import VariableValues
from strawberry.types.info import Info

from domain.access.scoped_table import ScopedTable
from schema.compiler import relations
from schema.compiler.errors import NotCompilable
from schema.compiler.graphql_types import object_type
from schema.compiler.json_text import Fixed, Piece, Varying, concat
from schema.compiler.leaf_values import NULL
from schema.compiler.object_compiler import ObjectCompiler, UndeclaredHandler, omit_undeclared, reject_undeclared
from schema.compiler.row import NO_ROW
from schema.compiler.selection import Selections
from schema.compiler.statement import Statement
from schema.declarations.types import Computed, Declaration, LoadedById, ToOne
from schema.execution.plans import Plan, plan_from_statement
from schema.execution.raw_json import RawJson

# No response key begins like this.
TYPE_NAME_KEY = "$type"
SELECT_TYPE_NAME = FieldNode(name=NameNode(value="__typename"), alias=NameNode(value=TYPE_NAME_KEY))


class LoadedObject(dict[str, Any]):
    """One object of a loaded tree: values by response key, computed ones by their number in `computed`."""

    def __init__(self, values: dict[str, Any], computed: Sequence[Any]) -> None:
        super().__init__(values)
        self._computed = computed

    @property
    def type_name(self) -> str:
        """The name of its type; only of objects whose field is of an abstract type."""
        name: str = self[TYPE_NAME_KEY]
        return name

    def value(self, key: str, declaration: Declaration) -> Any:
        """The value of one response key. A computed one is a number here, unless nothing was computed for the row."""
        found = self[key]
        return self._computed[found] if isinstance(declaration, Computed) and type(found) is int else found


def resolve_declared(declaration: Declaration, attribute: str, source: Any, info: GraphQLResolveInfo[Any]) -> Any:
    """A declared field's value on the ordinary path; awaitable at entry points."""
    if isinstance(source, LoadedObject):
        return source.value(str(info.path.key), declaration)
    if isinstance(declaration, LoadedById):
        found = getattr(source, declaration.id_attribute)
        return None if found is None else _load_by_id(info, declaration.source, found)
    if info.path.prev is None:
        return _load_root(info, declaration)
    return getattr(source, attribute)


async def load_row(info: Info[Any, Any], source: ScopedTable, identity: UUID) -> LoadedObject | RawJson | None:
    """The selection of the resolved field on one row, in the viewer's scope; None when the row is not visible.

    For fields whose type is the entity itself, such as the payload of a subscription.
    """
    return await _load_by_id(info._raw_info, source, identity)


async def _load_by_id(
    info: GraphQLResolveInfo[Any], source: ScopedTable, identity: UUID
) -> LoadedObject | RawJson | None:
    """JSON text where every selected field is declared; else objects from which the executor's fields read."""
    statement = Statement(info.context.actor.kind)
    try:
        value = _row_piece(info, statement, source, identity, reject_undeclared)
    except NotCompilable:
        statement = Statement(info.context.actor.kind)
        found: LoadedObject | None = await _load_objects(
            info, statement, [_row_piece(info, statement, source, identity, omit_undeclared)]
        )
        return found
    text = await info.context.plan_runner.run(_plan([value], statement), _variables(info), info.context.actor)
    return None if text == "null" else RawJson(text)


def _row_piece(
    info: GraphQLResolveInfo[Any],
    statement: Statement,
    source: ScopedTable,
    identity: UUID,
    undeclared: UndeclaredHandler,
) -> Piece:
    key = statement.bind("identity", lambda _inputs: identity, "uuid")
    compiler = ObjectCompiler(_selections(info), statement, undeclared)
    one, gtype = ToOne(source=source, on=f"{{t}}.id = {key}"), object_type(info.return_type)
    return relations.to_one_row(compiler.context(one, GraphQLField(gtype), info.field_nodes, NO_ROW))


async def _load_root(info: GraphQLResolveInfo[Any], declaration: Declaration) -> Any:
    statement = Statement(info.context.actor.kind)
    compiler = ObjectCompiler(_selections(info), statement, omit_undeclared)
    pieces = [
        Fixed('{"root":'),
        *(compiler.field_value(info.parent_type, _nodes_with_type_names(info), NO_ROW) or [NULL]),
        Fixed("}"),
    ]
    tree = await _load_objects(info, statement, pieces)
    return tree.value("root", declaration)


def _nodes_with_type_names(info: GraphQLResolveInfo[Any]) -> list[FieldNode]:
    """The field's nodes; of an abstract type, with a further selection that tells the executor the type."""
    if not is_abstract_type(get_named_type(info.return_type)):
        return info.field_nodes
    type_name = SelectionSetNode(selections=(SELECT_TYPE_NAME,))
    return [*info.field_nodes, FieldNode(name=info.field_nodes[0].name, selection_set=type_name)]


async def _load_objects(info: GraphQLResolveInfo[Any], statement: Statement, pieces: Sequence[Fixed | Varying]) -> Any:
    computed: list[Any] = []

    def keep(_placeholder: Any, value: Any) -> str:
        computed.append(value)
        return str(len(computed) - 1)

    plan = _plan(pieces, statement)
    text = await info.context.plan_runner.run(plan, _variables(info), info.context.actor, keep)
    return json.loads(text, object_hook=lambda values: LoadedObject(values, computed))


def _plan(pieces: Sequence[Piece], statement: Statement) -> Plan:
    return plan_from_statement(concat(pieces), statement)


def _selections(info: GraphQLResolveInfo[Any]) -> Selections:
    return Selections(info.schema, info.fragments, _variables(info))


def _variables(info: GraphQLResolveInfo[Any]) -> VariableValues:
    """Strawberry's executor shows resolvers the plain coerced values."""
    found: Any = info.variable_values
    return found if isinstance(found, VariableValues) else VariableValues({}, found)
