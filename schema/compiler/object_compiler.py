"""Turns selected fields into pieces of JSON text, following each field's declaration."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLOutputType

from domain.access.scoped_table import ScopedTable
from schema.compiler import computed_fields, relations
from schema.compiler.errors import NotCompilable
from schema.compiler.graphql_types import object_type
from schema.compiler.json_text import Fixed, Piece, Varying, concat
from schema.compiler.leaf_values import NULL, leaf
from schema.compiler.pagination import connections
from schema.compiler.selection import Fields, Selections
from schema.compiler.statement import Names, Statement
from schema.declarations.declared_field import DEFINITION_KEY, DeclaredField
from schema.declarations.types import Column, Computed, Connection, Declaration, Embedded, Lookup, ToMany, ToOne

UndeclaredHandler = Callable[[GraphQLObjectType, str], None]


@dataclass(frozen=True)
class Row:
    """Where declared SQL is read: the names it may use, which hole already has the row's facts, and whose row it is.

    `parent` is the source of the row it was reached from.
    """

    names: Names
    placeholder_by_facts: dict[type, int] = field(default_factory=dict)
    source: ScopedTable | None = None
    parent: ScopedTable | None = None

    @property
    def alias(self) -> str:
        """The row's alias, empty at the root."""
        return self.names.get("t", "")

    def with_parts(self, parts: Names) -> "Row":
        """The same row seen from within a group; facts there may use the parts, so none are shared."""
        return replace(self, names={**self.names, **parts}, placeholder_by_facts={})

    def child(self, source: ScopedTable, names: Names) -> "Row":
        """A row of another source that is reached from this one."""
        return Row(names, source=source, parent=self.source)


NO_ROW = Row({})


@dataclass(frozen=True)
class ObjectCompiler:
    """Compiles selections of one operation into one statement.

    `undeclared` is told of fields that do not say where they come from: it refuses them by raising, or lets
    them be left out for the executor to resolve.
    """

    selections: Selections
    statement: Statement
    on_undeclared: UndeclaredHandler

    def object_sql(self, gtype: GraphQLOutputType, nodes: list[FieldNode], row: Row) -> str:
        """An expression for the object that a field of this type selects from a row."""
        inner = object_type(gtype)
        return concat(self.members(inner, self.selections.below(nodes, inner), row))

    def members(self, gtype: GraphQLObjectType, fields: Fields, row: Row) -> list[Piece]:
        """The pieces of one object, braces included."""
        pieces: list[Piece] = []
        for key, nodes in fields.items():
            value = self.field_value(gtype, nodes, row)
            if value is not None:
                pieces += [Fixed(f'{"," if pieces else "{"}"{key}":'), *value]
        return [*(pieces or [Fixed("{")]), Fixed("}")]

    def field_value(self, gtype: GraphQLObjectType, nodes: list[FieldNode], row: Row) -> list[Piece] | None:
        """The pieces of one field's value; None when it is left out."""
        name = nodes[0].name.value
        if name == "__typename":
            return [Fixed(f'"{gtype.name}"')]
        gfield = gtype.fields.get(name)
        declared = None if gfield is None else gfield.extensions.get(DEFINITION_KEY)
        if gfield is None or not isinstance(declared, DeclaredField):
            self.on_undeclared(gtype, name)
            return None
        return self._declared(declared, gfield, nodes, row)

    def _declared(self, declared: DeclaredField, gfield: GraphQLField, nodes: list[FieldNode], row: Row) -> list[Piece]:
        declaration: Declaration = declared.declaration
        if declaration.only_for is not None and self.statement.kind not in declaration.only_for:
            return [NULL]
        match declaration:
            case Column():
                sql = _column_sql(row, declaration) or f"{{t}}.{declared.python_name}"
                return leaf(gfield.type, self.statement.render(sql, row.names), declaration.id_prefix)
            case Computed():
                return computed_fields.compile_computed(self, declaration, gfield, nodes, row)
            case Embedded():
                return relations.embedded_object(self, declaration, gfield.type, nodes, row)
            case ToOne():
                return [relations.to_one_row(self, declaration, gfield.type, nodes, row)]
            case ToMany():
                return relations.to_many_rows(self, declaration, gfield.type, nodes, row)
            case Lookup():
                return [relations.lookup_row(self, declaration, gfield, nodes, row)]
            case Connection():
                return [Varying(connections.connection_page(self, declaration, gfield, nodes, row))]
        raise NotCompilable(f"{declared.python_name} is filled by its payload or its connection")


def _column_sql(row: Row, column: Column) -> str | None:
    return column.sql if row.parent is None else column.sql_by_parent.get(row.parent, column.sql)


def reject_undeclared(gtype: GraphQLObjectType, name: str) -> None:
    """For the fast path: one such field sends the whole operation to the executor."""
    raise NotCompilable(f"{gtype.name}.{name} does not say where it comes from")


def omit_undeclared(_gtype: GraphQLObjectType, _name: str) -> None:
    """For entry points: the executor resolves such a field itself."""
