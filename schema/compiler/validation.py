"""Finds declarations that contradict their types, their sources or the database, before anybody asks."""

import re
from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_non_null_type,
)

from domain.access.scoped_table import ScopedTable
from schema.compiler.errors import InvalidDeclaration
from schema.compiler.graphql_types import object_type
from schema.compiler.leaf_values import leaf
from schema.declarations.declared_field import DECLARATION_KEY, DEFINITION_KEY, DeclaredField
from schema.declarations.types import Column, Connection, Declaration, Embedded, LoadedById, Lookup, ToMany, ToOne
from schema.execution.plan_runner import Pool

OWN_COLUMN = re.compile(r"\{t\}\.(\w+)")
# Of a view the database knows only what columns there are; what it selects has to see to the rest.
SELECT_NOT_NULL = """SELECT attribute.attnotnull OR relation.relkind = 'v' FROM pg_attribute attribute
        JOIN pg_class relation ON relation.oid = attribute.attrelid
    WHERE attribute.attrelid = to_regclass($1) AND attribute.attname = $2 AND NOT attribute.attisdropped"""

Declared = tuple[GraphQLObjectType, str, GraphQLField, DeclaredField]


def validate(schema: GraphQLSchema) -> None:
    """Raise `BadDeclaration` with everything that is wrong in a schema's declarations."""
    found = [f"{gtype.name}.{name}: {problem}" for gtype, name, problem in _problems(schema)]
    if found:
        raise InvalidDeclaration("; ".join(found))


def declared_fields(schema: GraphQLSchema) -> Iterator[Declared]:
    """All declared fields of a schema's object types."""
    for gtype in schema.type_map.values():
        if isinstance(gtype, GraphQLObjectType):
            for name, gfield in gtype.fields.items():
                definition = gfield.extensions.get(DEFINITION_KEY)
                if isinstance(definition, DeclaredField):
                    yield gtype, name, gfield, definition


def _problems(schema: GraphQLSchema) -> Iterator[tuple[GraphQLObjectType, str, str]]:
    for gtype, name, gfield, definition in declared_fields(schema):
        declaration = definition.declaration
        for problem in _field_problems(declaration, gfield):
            yield gtype, name, problem
        if gtype.interfaces:
            yield gtype, name, "a declared type cannot implement an interface"


def _field_problems(declaration: Declaration, gfield: GraphQLField) -> Iterator[str]:
    not_null = is_non_null_type(gfield.type)
    if declaration.only_for is not None and not_null:
        yield "is null for some kinds of actors, so its type must be nullable"
    source = _source(declaration)
    if source is not None and not source.predicates:
        yield f"its source {source.name} has no scopes"
    if isinstance(declaration, (Lookup, LoadedById)) and not_null:
        yield "may be out of sight, so its type must be nullable"
    if isinstance(declaration, Column):
        yield from _column_problems(declaration, gfield)
    elif not _has_fitting_shape(declaration, gfield):
        yield f"cannot be a {gfield.type}"


def _column_problems(declaration: Column, gfield: GraphQLField) -> Iterator[str]:
    named = get_named_type(gfield.type)
    try:
        leaf(gfield.type, "t.c", declaration.id_prefix)
    except InvalidDeclaration as problem:
        yield str(problem)
    if isinstance(named, GraphQLEnumType):
        yield from (
            f"{named.name}.{name} is stored by another name: {member.value!r}"
            for name, member in named.values.items()
            if name != getattr(member.value, "value", member.value)
        )


def _has_fitting_shape(declaration: Declaration, gfield: GraphQLField) -> bool:
    named, is_list = get_named_type(gfield.type), isinstance(get_nullable_type(gfield.type), GraphQLList)
    if isinstance(declaration, Connection):
        return isinstance(named, GraphQLObjectType) and "edges" in named.fields and not is_list
    if isinstance(declaration, ToMany):
        return isinstance(named, GraphQLObjectType) and is_list
    if isinstance(declaration, (ToOne, Lookup, LoadedById, Embedded)):
        return isinstance(named, GraphQLObjectType) and not is_list
    return True


def _source(declaration: Declaration) -> ScopedTable | None:
    found: ScopedTable | None = getattr(declaration, "source", None)
    return found


async def nullable_columns_of_non_null_fields(schema: GraphQLSchema, pool: Pool) -> list[str]:
    """Fields that are never null by their type although their column may be; for tests against a real database."""
    found = []
    for table, gtype in sorted(_tables(schema)):
        for name, column in _non_null_columns(schema, gtype):
            row = await pool.fetchrow(SELECT_NOT_NULL, table, column)
            if row is None or not row[0]:
                found.append(f"{gtype}.{name} is never null, but {table}.{column} may be")
    return found


def _tables(schema: GraphQLSchema) -> set[tuple[str, str]]:
    found = set()
    for _gtype, _name, gfield, definition in declared_fields(schema):
        source = _source(definition.declaration)
        if source is not None:
            is_page = isinstance(definition.declaration, Connection)
            shown = object_type(gfield.type).fields["nodes"].type if is_page else gfield.type
            found.add((source.table, object_type(shown).name))
    return found


def _non_null_columns(schema: GraphQLSchema, type_name: str) -> Iterator[tuple[str, str]]:
    for gtype, name, gfield, definition in declared_fields(schema):
        declaration = definition.metadata[DECLARATION_KEY]
        if gtype.name != type_name or not isinstance(declaration, Column) or not is_non_null_type(gfield.type):
            continue
        match = OWN_COLUMN.fullmatch(declaration.sql or f"{{t}}.{definition.python_name}")
        if match is not None:
            yield name, match[1]
