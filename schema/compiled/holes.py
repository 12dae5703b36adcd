"""Leaves the holes in a statement that computed fields fill."""

from dataclasses import replace
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField

from domain.engine import facts as fact_classes
from schema.compiled.arguments import Call
from schema.compiled.computed import END, HOLE, Hole
from schema.compiled.declarations import Computed
from schema.compiled.fields import DEFINITION
from schema.compiled.text import Fixed, Piece, Varying, concat, literal
from schema.compiled.writers import writer

if TYPE_CHECKING:
    from schema.compiled.compiler import Compiler, Row


def hole(
    compiler: "Compiler", declaration: Computed, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """A numbered hole; the first of a row for each class of facts brings them along."""
    if declaration.when is not None:
        return _rarely(compiler, declaration, gfield, nodes, row)
    statement, facts = compiler.statement, declaration.facts
    number = statement.hole(_hole(compiler, declaration, gfield, nodes, row))
    start = Fixed(f"{HOLE}{number}{END}")
    if facts is None or facts in row.facts:
        return [start, Fixed(END)]
    row.facts[facts] = number
    selected = statement.render(fact_classes.select(facts, row.alias), row.names)
    return [start, Varying(selected), Fixed(END)]


def _rarely(
    compiler: "Compiler", declaration: Computed, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """A hole in some rows only; it shares its facts with no other, which might be in rows where this one is not."""
    assert declaration.when is not None
    always = replace(declaration, when=None)
    inside = concat(hole(compiler, always, gfield, nodes, replace(row, facts={})))
    when = compiler.statement.render(declaration.when, row.names)
    return [Varying(f"CASE WHEN {when} THEN {inside} ELSE {literal(declaration.otherwise)} END")]


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
