"""The ordinary path: an entry point loads its whole selection at once, and fields find themselves in the tree."""

import json
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from graphql import GraphQLResolveInfo
from graphql.execution.values import VariableValues
from strawberry.types.info import Info

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import Actor
from schema.compiled import relations
from schema.compiled.compiler import NO_ROW, Compiler, Undeclared, leave_out, refuse
from schema.compiled.declarations import Computed, Declaration, Loaded, ToOne
from schema.compiled.errors import NotCompilable
from schema.compiled.execution import Whole
from schema.compiled.gtypes import object_type
from schema.compiled.leaves import NULL
from schema.compiled.plans import Plan, plan_of
from schema.compiled.reading import Reader
from schema.compiled.selection import Selections
from schema.compiled.statement import Statement
from schema.compiled.text import Fixed, Piece, Varying, concat


class ReadContext(Protocol):
    """What the context of an execution must offer."""

    actor: Actor
    reader: Reader


class Branch(dict[str, Any]):
    """One object of a loaded tree: values by response key, computed ones by their number in `computed`."""

    def __init__(self, values: dict[str, Any], computed: Sequence[Any]) -> None:
        super().__init__(values)
        self._computed = computed

    def value(self, key: str, declaration: Declaration) -> Any:
        """The value of one response key."""
        found = self[key]
        return self._computed[found] if isinstance(declaration, Computed) and found is not None else found


def resolve(declaration: Declaration, attribute: str, source: Any, info: GraphQLResolveInfo[Any]) -> Any:
    """A declared field's value on the ordinary path; awaitable at entry points."""
    if isinstance(source, Branch):
        return source.value(str(info.path.key), declaration)
    if isinstance(declaration, Loaded):
        found = getattr(source, declaration.id_attribute)
        return None if found is None else _load(info, declaration.source, found)
    if info.path.prev is None:
        return _read_root(info, declaration)
    return getattr(source, attribute)


async def load(info: Info[Any, Any], source: ScopedTable, identity: UUID) -> Branch | Whole | None:
    """What the field being resolved selects of one row, in the viewer's scope; None when it is out of sight.

    For fields whose type is the entity itself, such as the payload of a subscription.
    """
    return await _load(info._raw_info, source, identity)


async def _load(info: GraphQLResolveInfo[Any], source: ScopedTable, identity: UUID) -> Branch | Whole | None:
    """Where every field says where it comes from, the answer itself; else a tree in which fields find themselves."""
    statement = Statement(info.context.actor.kind)
    try:
        value = _one(info, statement, source, identity, refuse)
    except NotCompilable:
        statement = Statement(info.context.actor.kind)
        found: Branch | None = await _tree(info, statement, [_one(info, statement, source, identity, leave_out)])
        return found
    text = await info.context.reader.read(_plan([value], statement), _variables(info), info.context.actor)
    return None if text == "null" else Whole(text)


def _one(
    info: GraphQLResolveInfo[Any], statement: Statement, source: ScopedTable, identity: UUID, undeclared: Undeclared
) -> Piece:
    key = statement.bind("identity", lambda _inputs: identity, "uuid")
    compiler = Compiler(_selections(info), statement, undeclared)
    one = ToOne(source=source, on=f"{{t}}.id = {key}")
    return relations.one(compiler, one, object_type(info.return_type), info.field_nodes, NO_ROW)


async def _read_root(info: GraphQLResolveInfo[Any], declaration: Declaration) -> Any:
    statement = Statement(info.context.actor.kind)
    compiler = Compiler(_selections(info), statement, leave_out)
    pieces = [
        Fixed('{"root":'),
        *(compiler.value(info.parent_type, info.field_nodes, NO_ROW) or [NULL]),
        Fixed("}"),
    ]
    tree = await _tree(info, statement, pieces)
    return tree.value("root", declaration)


async def _tree(info: GraphQLResolveInfo[Any], statement: Statement, pieces: Sequence[Fixed | Varying]) -> Any:
    computed: list[Any] = []

    def keep(_hole: Any, value: Any) -> str:
        computed.append(value)
        return str(len(computed) - 1)

    plan = _plan(pieces, statement)
    text = await info.context.reader.read(plan, _variables(info), info.context.actor, keep)
    return json.loads(text, object_hook=lambda values: Branch(values, computed))


def _plan(pieces: Sequence[Piece], statement: Statement) -> Plan:
    return plan_of(concat(pieces), statement)


def _selections(info: GraphQLResolveInfo[Any]) -> Selections:
    return Selections(info.schema, info.fragments, _variables(info))


def _variables(info: GraphQLResolveInfo[Any]) -> VariableValues:
    """Strawberry's executor shows resolvers the plain coerced values."""
    found: Any = info.variable_values
    return found if isinstance(found, VariableValues) else VariableValues({}, found)
