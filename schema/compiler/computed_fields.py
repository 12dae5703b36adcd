"""Leaves the holes in a statement that computed fields fill."""

from dataclasses import replace
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField

from domain.engine import facts as fact_classes
from schema.compiler.field_call import FieldCall
from schema.compiler.json_text import Fixed, Piece, Varying, concat, literal
from schema.compiler.placeholders import PLACEHOLDER_SEPARATOR, PLACEHOLDER_START, Placeholder
from schema.compiler.value_serializers import serializer
from schema.declarations.declared_field import DEFINITION_KEY
from schema.declarations.types import Computed

if TYPE_CHECKING:
    from schema.compiler.object_compiler import ObjectCompiler, Row


def compile_computed(
    compiler: "ObjectCompiler", declaration: Computed, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """A numbered hole; the first of a row for each class of facts brings them along."""
    if declaration.when is not None:
        return _conditional_placeholder(compiler, declaration, gfield, nodes, row)
    statement, facts = compiler.statement, declaration.facts
    number = statement.add_placeholder(_placeholder(compiler, declaration, gfield, nodes, row))
    start = Fixed(f"{PLACEHOLDER_START}{number}{PLACEHOLDER_SEPARATOR}")
    if facts is None or facts in row.placeholder_by_facts:
        return [start, Fixed(PLACEHOLDER_SEPARATOR)]
    row.placeholder_by_facts[facts] = number
    selected = statement.render(fact_classes.select(facts, row.alias), row.names)
    return [start, Varying(selected), Fixed(PLACEHOLDER_SEPARATOR)]


def _conditional_placeholder(
    compiler: "ObjectCompiler", declaration: Computed, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> list[Piece]:
    """A hole in some rows only; it shares its facts with no other, which might be in rows where this one is not."""
    assert declaration.when is not None
    always = replace(declaration, when=None)
    inside = concat(compile_computed(compiler, always, gfield, nodes, replace(row, placeholder_by_facts={})))
    when = compiler.statement.render(declaration.when, row.names)
    return [Varying(f"CASE WHEN {when} THEN {inside} ELSE {literal(declaration.otherwise)} END")]


def _placeholder(
    compiler: "ObjectCompiler", declaration: Computed, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> Placeholder:
    statement, selections = compiler.statement, compiler.selections
    selected = selections.below_type(nodes, gfield.type)
    return Placeholder(
        facts=declaration.facts,
        shares_with=None if declaration.facts is None else row.placeholder_by_facts.get(declaration.facts),
        function=declaration.function,
        call=statement.add_call(FieldCall(gfield, nodes[0])) if gfield.args else None,
        argument_names={
            name: argument.extensions[DEFINITION_KEY].python_name for name, argument in gfield.args.items()
        },
        serialize=serializer(gfield.type, selected, selections),
    )
