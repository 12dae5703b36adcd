"""Turns selected fields into pieces of JSON text, following each field's declaration."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLOutputType

from domain.access.scoped_table import ScopedTable
from schema.compiled import connections, holes, relations
from schema.compiled.declarations import Column, Computed, Connection, Declaration, Entry, Group, ToMany, ToOne
from schema.compiled.errors import NotCompilable
from schema.compiled.fields import DEFINITION, DeclaredField
from schema.compiled.gtypes import object_type
from schema.compiled.leaves import NULL, leaf
from schema.compiled.selection import Fields, Selections
from schema.compiled.statement import Names, Statement
from schema.compiled.text import Fixed, Piece, Varying, concat

Undeclared = Callable[[GraphQLObjectType, str], None]


@dataclass(frozen=True)
class Row:
    """Where declared SQL is read: the names it may use, which hole already has the row's facts, and whose row it is.

    `parent` is the source of the row it was reached from.
    """

    names: Names
    facts: dict[type, int] = field(default_factory=dict)
    source: ScopedTable | None = None
    parent: ScopedTable | None = None

    @property
    def alias(self) -> str:
        """The row's alias, empty at the root."""
        return self.names.get("t", "")

    def with_parts(self, parts: Names) -> "Row":
        """The same row seen from within a group; facts there may use the parts, so none are shared."""
        return replace(self, names={**self.names, **parts}, facts={})

    def child(self, source: ScopedTable, names: Names) -> "Row":
        """A row of another source that is reached from this one."""
        return Row(names, source=source, parent=self.source)


NO_ROW = Row({})


@dataclass(frozen=True)
class Compiler:
    """Compiles selections of one operation into one statement.

    `undeclared` is told of fields that do not say where they come from: it refuses them by raising, or lets
    them be left out for the executor to resolve.
    """

    selections: Selections
    statement: Statement
    undeclared: Undeclared

    def object(self, gtype: GraphQLOutputType, nodes: list[FieldNode], row: Row) -> str:
        """An expression for the object that a field of this type selects from a row."""
        inner = object_type(gtype)
        return concat(self.members(inner, self.selections.below(nodes, inner), row))

    def members(self, gtype: GraphQLObjectType, fields: Fields, row: Row) -> list[Piece]:
        """The pieces of one object, braces included."""
        pieces: list[Piece] = []
        for key, nodes in fields.items():
            value = self.value(gtype, nodes, row)
            if value is not None:
                pieces += [Fixed(f'{"," if pieces else "{"}"{key}":'), *value]
        return [*(pieces or [Fixed("{")]), Fixed("}")]

    def value(self, gtype: GraphQLObjectType, nodes: list[FieldNode], row: Row) -> list[Piece] | None:
        """The pieces of one field's value; None when it is left out."""
        name = nodes[0].name.value
        if name == "__typename":
            return [Fixed(f'"{gtype.name}"')]
        gfield = gtype.fields.get(name)
        declared = None if gfield is None else gfield.extensions.get(DEFINITION)
        if gfield is None or not isinstance(declared, DeclaredField):
            self.undeclared(gtype, name)
            return None
        return self._declared(declared, gfield, nodes, row)

    def _declared(self, declared: DeclaredField, gfield: GraphQLField, nodes: list[FieldNode], row: Row) -> list[Piece]:
        declaration: Declaration = declared.declaration
        if declaration.only is not None and self.statement.kind not in declaration.only:
            return [NULL]
        match declaration:
            case Column():
                sql = _over(row, declaration) or f"{{t}}.{declared.python_name}"
                return leaf(gfield.type, self.statement.render(sql, row.names), declaration.id_prefix)
            case Computed():
                return holes.hole(self, declaration, gfield, nodes, row)
            case Group():
                return relations.group(self, declaration, gfield.type, nodes, row)
            case ToOne():
                return [relations.one(self, declaration, gfield.type, nodes, row)]
            case ToMany():
                return relations.many(self, declaration, gfield.type, nodes, row)
            case Entry():
                return [relations.entry(self, declaration, gfield, nodes, row)]
            case Connection():
                return [Varying(connections.page(self, declaration, gfield, nodes, row))]
        raise NotCompilable(f"{declared.python_name} is filled by its payload or its connection")


def _over(row: Row, column: Column) -> str | None:
    return column.sql if row.parent is None else column.below.get(row.parent, column.sql)


def refuse(gtype: GraphQLObjectType, name: str) -> None:
    """For the fast path: one such field sends the whole operation to the executor."""
    raise NotCompilable(f"{gtype.name}.{name} does not say where it comes from")


def leave_out(_gtype: GraphQLObjectType, _name: str) -> None:
    """For entry points: the executor resolves such a field itself."""
