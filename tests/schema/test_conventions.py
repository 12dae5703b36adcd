"""Conventions that hold for both schemas as a whole."""

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)

from domain.database.pools import read_sessions
from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES
from schema import operations, portal
from schema.compiler.validation import declared_fields, entity_names, validate
from schema.declarations.declared_field import DECLARATION_KEY
from schema.derivation.embedded_values import EMBEDDED, embedded_types
from schema.derivation.input_fields import input_fields
from schema.operations.api_profile import PROFILE as OPERATIONS
from schema.operations.nodes import NODES as OPERATIONS_NODES
from schema.portal.api_profile import PROFILE as PORTAL
from schema.portal.nodes import NODES as PORTAL_NODES
from schema.sdl_export import SCHEMAS
from schema.sdl_export import check as stale
from tests.support.graphql.nullability import nullable_columns_of_non_null_fields

OPERATIONS_SCHEMA: GraphQLSchema = operations.schema._schema
PORTAL_SCHEMA: GraphQLSchema = portal.schema._schema
NODES = {"operations": OPERATIONS_NODES, "portal": PORTAL_NODES}
CLOCKS_OWN = ("orderExpire", "orderComplete", "deliveryAutoAccept", "deliveryCancel", "lineArise")


def types(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    for found in schema.type_map.values():
        if not is_introspection_type(found) and not is_specified_scalar_type(found):
            yield found


def undescribed(found: GraphQLNamedType) -> Iterator[str]:
    """The parts of a type that say nothing about themselves."""
    if not found.description:
        yield found.name
    match found:
        case GraphQLEnumType():
            yield from (f"{found.name}.{name}" for name, value in found.values.items() if not value.description)
        case GraphQLInputObjectType():
            yield from (f"{found.name}.{name}" for name, each in found.fields.items() if not each.description)
        case GraphQLObjectType() | GraphQLInterfaceType():
            for name, field in found.fields.items():
                if not field.description:
                    yield f"{found.name}.{name}"
                yield from (f"{found.name}.{name}({arg})" for arg, a in field.args.items() if not a.description)


@pytest.mark.parametrize("name", SCHEMAS)
def test_everything_is_described(name: str) -> None:
    schema = SCHEMAS[name]._schema

    assert [part for found in types(schema) for part in undescribed(found)] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_says_what_it_is_for(name: str) -> None:
    described = SCHEMAS[name]

    assert described._schema.description
    assert build_schema(described.as_str()).description == described._schema.description


@pytest.mark.parametrize("name", SCHEMAS)
def test_custom_scalars_say_by_what_they_are_specified(name: str) -> None:
    scalars = [found for found in types(SCHEMAS[name]._schema) if isinstance(found, GraphQLScalarType)]

    assert {"Date", "DateTime", "Decimal"} <= {found.name for found in scalars}
    assert [found.name for found in scalars if not found.specified_by_url] == []


def test_a_review_looks_alike_in_both_schemas() -> None:
    reviews = [schema.type_map["Review"] for schema in (OPERATIONS_SCHEMA, PORTAL_SCHEMA)]

    operations_fields, portal_fields = [
        {name: str(field.type) for name, field in each.fields.items()}
        for each in reviews
        if isinstance(each, GraphQLObjectType)
    ]
    assert operations_fields == portal_fields


def test_the_committed_sdl_is_current() -> None:
    assert stale() == [], "run `make docs` and commit the result"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_declaration_fits_its_type(name: str) -> None:
    validate(SCHEMAS[name]._schema)


@pytest.mark.parametrize("name", SCHEMAS)
async def test_what_is_never_null_by_type_is_never_null_in_the_database(name: str, database: str) -> None:
    assert await nullable_columns_of_non_null_fields(SCHEMAS[name]._schema, read_sessions()) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_everything_with_an_identifier_can_be_found_by_it_alone(name: str) -> None:
    schema = SCHEMAS[name]._schema
    objects = [found for found in types(schema) if isinstance(found, GraphQLObjectType)]
    identified = {found.name for found in objects if "id" in found.fields and str(found.fields["id"].type) == "ID!"}

    assert identified == entity_names(schema) == {source.type_name for source in NODES[name].values()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_two_types_write_identifiers_alike(name: str) -> None:
    prefixes = [
        definition.metadata[DECLARATION_KEY].id_prefix
        for gtype, field, _gfield, definition in declared_fields(SCHEMAS[name]._schema)
        if field == "id" and gtype.name in entity_names(SCHEMAS[name]._schema)
    ]

    assert len(prefixes) == len(set(prefixes)) == len(NODES[name]) == {"operations": 48, "portal": 17}[name]


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_has_no_identifier_says_that_it_is_embedded(name: str) -> None:
    embedded = {found.name for found in embedded_types(SCHEMAS[name]._schema)}

    described = {found.name for found in types(SCHEMAS[name]._schema) if (found.description or "").endswith(EMBEDDED)}

    assert described == embedded
    assert {"Money", "OpenAction", "NextStep", "Review", "VatGroup", "Viewer"} <= embedded
    assert embedded.isdisjoint({*entity_names(SCHEMAS[name]._schema), "Query", "PageInfo", "NotFound"})


def test_there_is_one_mutation_for_each_move_of_the_schema_s_roles() -> None:
    assert set(PORTAL_SCHEMA.mutation_type.fields) == {  # type: ignore[union-attr]
        "uploadCreate",
        "uploadCancel",
        "orderAcceptDue",
        "orderConfirm",
        "orderRequestChanges",
        "orderDecline",
        "orderDeclineDue",
        "orderComment",
        "deliveryAccept",
        "deliveryRequestRevision",
        "deliveryExtendReview",
        "deliveryRate",
        "supplementConfirm",
        "supplementDecline",
        "receivableDispute",
        "contactChooseStatusMails",
        "notificationRead",
    }
    in_operations = set(OPERATIONS_SCHEMA.mutation_type.fields)  # type: ignore[union-attr]
    assert {
        "orderCreate",
        "orderSubmit",
        "deliveryCreate",
        "lineHold",
        "invoicePrint",
        "clientStatusShow",
    } <= in_operations
    assert in_operations.isdisjoint(CLOCKS_OWN)
    assert in_operations.isdisjoint({"orderConfirm", "deliveryAccept"})


def test_inputs_name_their_row_and_then_what_the_move_takes() -> None:
    confirm = PORTAL_SCHEMA.type_map["OrderConfirmInput"]
    create = OPERATIONS_SCHEMA.type_map["DeliveryCreateInput"]

    assert isinstance(confirm, GraphQLInputObjectType)
    assert isinstance(create, GraphQLInputObjectType)
    assert {name: str(field.type) for name, field in confirm.fields.items()} == {
        "id": "ID!",
        "expectedVersion": "Int",
        "idempotencyKey": "String",
        "name": "String!",
        "revision": "Int!",
    }
    assert "orderId" in create.fields
    assert "id" not in create.fields


def test_customers_do_not_choose_who_reads_their_comments() -> None:
    comment = PORTAL_SCHEMA.type_map["OrderCommentInput"]

    assert isinstance(comment, GraphQLInputObjectType)
    assert set(comment.fields) == {"id", "expectedVersion", "idempotencyKey", "text", "fileIds"}


def test_the_portal_has_no_word_for_what_customers_never_see() -> None:
    internal = ("internalNotes", "tags", "assignees", "feePercent", "budgetInflow", "paymentGuarantee", "draftLink")
    fields = {name for found in types(PORTAL_SCHEMA) if isinstance(found, GraphQLObjectType) for name in found.fields}
    states = {
        value
        for found in types(PORTAL_SCHEMA)
        if isinstance(found, GraphQLEnumType) and found.name.endswith("Status")
        for value in found.values
    }

    assert fields.isdisjoint(internal)
    assert states.isdisjoint({"DRAFT", "IN_REVIEW", "READY_TO_PRINT", "PENDING_APPROVAL", "ON_HOLD"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_move_event_and_input_has_its_words(language: str) -> None:
    wanted = set()
    for surface in (OPERATIONS, PORTAL):
        for lifecycle, move in surface.moves():
            wanted |= {f"move.{lifecycle.event_name(move)}", f"explain.{lifecycle.event_name(move)}"}
            wanted |= {f"field.{item.name}" for item in input_fields(move.input)}
    wanted |= {f"happened.{event}" for event in OPERATIONS.registry.events}
    wanted |= {f"deadline.{kind}" for kind in OPERATIONS.registry.timers}

    assert sorted(key for key in wanted if not i18n.has_translation(language, key)) == []
