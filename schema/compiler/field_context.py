"""One field while it is compiled: everything that the code for each kind of declaration needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLOutputType

from schema.compiler.graphql_types import object_type
from schema.compiler.json_text import Piece, concat
from schema.compiler.row import Row
from schema.compiler.selection import Fields, Selections
from schema.compiler.statement import Statement
from schema.declarations.types import Declaration

D = TypeVar("D", bound=Declaration, covariant=True)
MembersCompiler = Callable[[GraphQLObjectType, Fields, Row], list[Piece]]


@dataclass(frozen=True)
class FieldContext(Generic[D]):
    """One field with its declaration, its nodes in the document and the row it belongs to.

    `compile_members` compiles the members of an object below the field; it is how compilation recurses.
    """

    statement: Statement
    selections: Selections
    declaration: D
    field: GraphQLField
    nodes: list[FieldNode]
    row: Row
    compile_members: MembersCompiler

    def object_sql(self, gtype: GraphQLOutputType, nodes: list[FieldNode], row: Row) -> str:
        """An expression for the object that these nodes select from a row."""
        inner = object_type(gtype)
        return concat(self.compile_members(inner, self.selections.below(nodes, inner), row))
