"""Comparison of non-null fields with the columns behind them, against a real database."""

import re
from collections.abc import Iterator

from graphql import GraphQLSchema, is_non_null_type

from schema.compiler.graphql_types import object_type
from schema.compiler.validation import declared_fields, source_of
from schema.declarations.declared_field import DECLARATION_KEY
from schema.declarations.types import Column, Connection
from schema.execution.plan_runner import Pool

OWN_COLUMN = re.compile(r"\{t\}\.(\w+)")
# The database knows only the names of a view's columns, not whether they may be null.
SELECT_NOT_NULL = """SELECT attribute.attnotnull OR relation.relkind = 'v' FROM pg_attribute attribute
        JOIN pg_class relation ON relation.oid = attribute.attrelid
    WHERE attribute.attrelid = to_regclass($1) AND attribute.attname = $2 AND NOT attribute.attisdropped"""


async def nullable_columns_of_non_null_fields(schema: GraphQLSchema, pool: Pool) -> list[str]:
    """Fields that are never null by their type although their column may be."""
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
        source = source_of(definition.declaration)
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
