"""Compilation of selected fields into pieces of JSON text, by the declaration of each field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from graphql import FieldNode, GraphQLField, GraphQLObjectType

from schema.compiler import relations
from schema.compiler.computed_fields import compile_computed
from schema.compiler.errors import NotCompilable
from schema.compiler.field_context import FieldContext
from schema.compiler.json_text import Fixed, Piece, Varying, json_object
from schema.compiler.leaf_values import NULL, leaf
from schema.compiler.nodes import compile_nodes
from schema.compiler.pagination.connections import connection_page
from schema.compiler.row import Row
from schema.compiler.selection import Fields, Selections
from schema.compiler.statement import Statement
from schema.declarations.declared_field import DEFINITION_KEY, DeclaredField
from schema.declarations.nodes import NodeList, NodeLookup
from schema.declarations.types import Column, Computed, Connection, Declaration, Embedded, Lookup, ToMany, ToOne

D = TypeVar("D", bound=Declaration)
UndeclaredHandler = Callable[[GraphQLObjectType, str], None]


@dataclass(frozen=True)
class ObjectCompiler:
    """Compiles selections of one operation into one statement.

    `on_undeclared` handles fields without a declaration: it rejects them by raising, or omits them for the executor to
    resolve.
    """

    selections: Selections
    statement: Statement
    on_undeclared: UndeclaredHandler

    def members(self, gtype: GraphQLObjectType, fields: Fields, row: Row) -> list[Piece]:
        """The pieces of one object, braces included."""
        values = ((key, self.field_value(gtype, nodes, row)) for key, nodes in fields.items())
        return json_object((key, value) for key, value in values if value is not None)

    def field_value(self, gtype: GraphQLObjectType, nodes: list[FieldNode], row: Row) -> list[Piece] | None:
        """The pieces of one field's value; None when `on_undeclared` omits the field."""
        name = nodes[0].name.value
        if name == "__typename":
            return [Fixed(f'"{gtype.name}"')]
        gfield = gtype.fields.get(name)
        declared = None if gfield is None else gfield.extensions.get(DEFINITION_KEY)
        if gfield is None or not isinstance(declared, DeclaredField):
            self.on_undeclared(gtype, name)
            return None
        return self._declared(declared, gfield, nodes, row)

    def context(self, declaration: D, gfield: GraphQLField, nodes: list[FieldNode], row: Row) -> FieldContext[D]:
        """The context of one field of this operation, for the code of its kind of declaration."""
        return FieldContext(self.statement, self.selections, declaration, gfield, nodes, row, self.members)

    def _declared(self, declared: DeclaredField, gfield: GraphQLField, nodes: list[FieldNode], row: Row) -> list[Piece]:
        declaration: Declaration = declared.declaration
        if declaration.only_for is not None and self.statement.kind not in declaration.only_for:
            return [NULL]
        match declaration:
            case Column():
                sql = _column_sql(row, declaration) or f"{{t}}.{declared.python_name}"
                return leaf(gfield.type, self.statement.render(sql, row.names), declaration.id_prefix)
            case Computed():
                return compile_computed(self.context(declaration, gfield, nodes, row))
            case Embedded():
                return relations.embedded_object(self.context(declaration, gfield, nodes, row))
            case ToOne():
                return [relations.to_one_row(self.context(declaration, gfield, nodes, row))]
            case ToMany():
                return relations.to_many_rows(self.context(declaration, gfield, nodes, row))
            case Lookup():
                return [relations.lookup_row(self.context(declaration, gfield, nodes, row))]
            case NodeLookup() | NodeList():
                return compile_nodes(self.context(declaration, gfield, nodes, row))
            case Connection():
                return [Varying(connection_page(self.context(declaration, gfield, nodes, row)))]
        raise NotCompilable(f"{declared.python_name} is filled by its payload or its connection")


def _column_sql(row: Row, column: Column) -> str | None:
    return column.sql if row.parent is None else column.sql_by_parent.get(row.parent, column.sql)


def reject_undeclared(gtype: GraphQLObjectType, name: str) -> None:
    """For the fast path: one field without a declaration sends the whole operation to the executor."""
    raise NotCompilable(f"{gtype.name}.{name} has no declaration")


def omit_undeclared(_gtype: GraphQLObjectType, _name: str) -> None:
    """For entry points: the executor resolves such a field itself."""
