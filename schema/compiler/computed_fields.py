"""Compilation of computed fields: each leaves a placeholder in the statement."""

from dataclasses import replace

from domain.engine import facts as fact_classes
from schema.compiler.field_call import FieldCall
from schema.compiler.field_context import FieldContext
from schema.compiler.json_text import Fixed, Piece, Varying, concat, literal
from schema.compiler.placeholders import PLACEHOLDER_SEPARATOR, PLACEHOLDER_START, Placeholder
from schema.compiler.value_serializers import serializer
from schema.declarations.declared_field import DEFINITION_KEY
from schema.declarations.types import Computed


def compile_computed(field: FieldContext[Computed]) -> list[Piece]:
    """A numbered placeholder; the first of a row for each class of facts carries them."""
    if field.declaration.when is not None:
        return _conditional_placeholder(field, field.declaration.when)
    facts, row = field.declaration.facts, field.row
    number = field.statement.add_placeholder(_placeholder(field))
    start = Fixed(f"{PLACEHOLDER_START}{number}{PLACEHOLDER_SEPARATOR}")
    if facts is None or facts in row.placeholder_by_facts:
        return [start, Fixed(PLACEHOLDER_SEPARATOR)]
    row.placeholder_by_facts[facts] = number
    selected = field.statement.render(fact_classes.select(facts, row.alias), row.names)
    return [start, Varying(selected), Fixed(PLACEHOLDER_SEPARATOR)]


def _conditional_placeholder(field: FieldContext[Computed], condition: str) -> list[Piece]:
    """A placeholder in some rows only; it shares its facts with no other, which might be in rows without it."""
    declaration = field.declaration
    always = replace(
        field, declaration=replace(declaration, when=None), row=replace(field.row, placeholder_by_facts={})
    )
    inside = concat(compile_computed(always))
    when = field.statement.render(condition, field.row.names)
    return [Varying(f"CASE WHEN {when} THEN {inside} ELSE {literal(declaration.otherwise)} END")]


def _placeholder(field: FieldContext[Computed]) -> Placeholder:
    declaration, gfield = field.declaration, field.field
    selected = field.selections.below_type(field.nodes, gfield.type)
    shared = None if declaration.facts is None else field.row.placeholder_by_facts.get(declaration.facts)
    return Placeholder(
        facts=declaration.facts,
        shares_with=shared,
        function=declaration.function,
        call=field.statement.add_call(FieldCall(gfield, field.nodes[0])) if gfield.args else None,
        argument_names={
            name: argument.extensions[DEFINITION_KEY].python_name for name, argument in gfield.args.items()
        },
        serialize=serializer(gfield.type, selected, field.selections),
    )
