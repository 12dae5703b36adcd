"""Compilation of fields that find rows of any type: a selection from one table for each type that is asked for."""

from collections.abc import Sequence
from uuid import UUID

from graphql import GraphQLField

from domain.kernel import ids
from schema.compiler import relations
from schema.compiler.errors import InvalidArgument
from schema.compiler.field_call import FieldCall
from schema.compiler.field_context import FieldContext
from schema.compiler.graphql_types import object_type
from schema.compiler.json_text import Fixed, Piece, Varying, literal
from schema.compiler.statement import Parameter, RequestInputs
from schema.declarations.nodes import MAX_NODES, NodeList, NodeLookup, NodeSource, NodeSources
from schema.declarations.types import ToOne

NO_NODES: list[Piece] = [Fixed("[]")]


def compile_nodes(field: FieldContext[NodeLookup | NodeList]) -> list[Piece]:
    """The row that one identifier names, or those that several name; null where none is visible."""
    return _row(field) if isinstance(field.declaration, NodeLookup) else _rows_in_order(field)


def _row(field: FieldContext[NodeLookup | NodeList]) -> list[Piece]:
    call = FieldCall(field.field, field.nodes[0])
    number = field.statement.add_call(call)
    given = call.argument_values(field.selections.variables)["id"]
    source = _source(field.declaration.sources, given)
    key = field.statement.bind((number, "id"), lambda inputs: ids.any_internal(inputs.arguments[number]["id"]), "uuid")
    return [relations.to_one_row(_of_source(field, source, f"{{t}}.id = {key}"))]


def _rows_in_order(field: FieldContext[NodeLookup | NodeList]) -> list[Piece]:
    """A row or null for each identifier, in the order of these; one selection for each type among them."""
    call = FieldCall(field.field, field.nodes[0])
    number = field.statement.add_call(call)
    given: Sequence[str] = call.argument_values(field.selections.variables)["ids"]
    sources = {_prefix(each): _source(field.declaration.sources, each) for each in given}
    if not sources:
        return NO_NODES
    wanted = field.statement.bind((number, "ids"), _identifiers(number), "text[]")
    found = " UNION ALL ".join(_rows(field, number, prefix, sources[prefix]) for prefix in sorted(sources))
    items = f"""string_agg(coalesce(found.node, 'null'), ',' ORDER BY wanted.place)
        FROM unnest({wanted}) WITH ORDINALITY wanted(id, place) LEFT JOIN ({found}) found ON found.id = wanted.id"""
    return [Fixed("["), Varying(f"(SELECT {items})"), Fixed("]")]


def _rows(field: FieldContext[NodeLookup | NodeList], number: int, prefix: str, source: NodeSource) -> str:
    keys = field.statement.bind((number, "ids", prefix), _identifiers_of(number, prefix), "uuid[]")
    one = _of_source(field, source, f"{{t}}.id = ANY({keys})")
    return relations.select_rows(one, before=f"{literal(f'{prefix}_')} || {{t}}.id AS id, ", alias=" AS node")


def _of_source(field: FieldContext[NodeLookup | NodeList], source: NodeSource, on: str) -> FieldContext[ToOne]:
    gtype = object_type(field.selections.schema.type_map[source.type_name])
    one = ToOne(source=source.table, on=on)
    return FieldContext(
        field.statement, field.selections, one, GraphQLField(gtype), field.nodes, field.row, field.compile_members
    )


def _source(sources: NodeSources, external_id: str) -> NodeSource:
    prefix = _prefix(external_id)
    if prefix not in sources:
        raise InvalidArgument(f"There is no type whose identifiers begin with `{prefix}_`.")
    return sources[prefix]


def _prefix(external_id: str) -> str:
    try:
        return ids.prefix_of(external_id)
    except ValueError:
        raise InvalidArgument(ids.malformed_message(external_id)) from None


def _identifiers(number: int) -> Parameter:
    def read(inputs: RequestInputs) -> list[str]:
        given: list[str] = inputs.arguments[number]["ids"]
        if len(given) > MAX_NODES:
            raise InvalidArgument(f"`ids` names at most {MAX_NODES} objects.")
        return given

    return read


def _identifiers_of(number: int, prefix: str) -> Parameter:
    def read(inputs: RequestInputs) -> list[UUID]:
        given = inputs.arguments[number]["ids"]
        return [ids.any_internal(each) for each in given if ids.prefix_of(each) == prefix]

    return read
