"""Leaves the holes in a statement that computed fields fill."""

from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField

from domain.core import facts as fact_classes
from schema.compiled.arguments import Call
from schema.compiled.computed import END, HOLE, Hole
from schema.compiled.declarations import Computed
from schema.compiled.fields import DEFINITION
from schema.compiled.text import Fixed, Piece, Varying
from schema.compiled.writers import writer

if TYPE_CHECKING:
    from schema.compiled.compiler import Compiler, Row


def hole(
    compiler: "Compiler", declaration: Computed, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """A numbered hole; the first of a row for each class of facts brings them along."""
    statement, facts = compiler.statement, declaration.facts
    number = statement.hole(_hole(compiler, declaration, gfield, nodes, row))
    start = Fixed(f"{HOLE}{number}{END}")
    if facts is None or facts in row.facts:
        return [start, Fixed(END)]
    row.facts[facts] = number
    selected = statement.render(fact_classes.select(facts, row.alias), row.names)
    return [start, Varying(selected), Fixed(END)]


def _hole(
    compiler: "Compiler", declaration: Computed, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> Hole:
    statement, selections = compiler.statement, compiler.selections
    selected = selections.below_type(nodes, gfield.type)
    return Hole(
        facts=declaration.facts,
        shares_with=None if declaration.facts is None else row.facts.get(declaration.facts),
        function=declaration.function,
        call=statement.call(Call(gfield, nodes[0])) if gfield.args else None,
        names={name: argument.extensions[DEFINITION].python_name for name, argument in gfield.args.items()},
        write=writer(gfield.type, selected, selections),
    )
