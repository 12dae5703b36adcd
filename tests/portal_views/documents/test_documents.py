"""Every document of the pages fits the schema that it is run against."""

from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from portal_views.documents.loader import FOLDER, document
from portal_views.web.auth_port import SchemaName

SDL = Path(__file__).parents[3] / "schema" / "sdl"
SIDES: tuple[SchemaName, ...] = ("operations", "portal")


@pytest.fixture(scope="module")
def schemas() -> dict[SchemaName, GraphQLSchema]:
    return {side: build_schema((SDL / f"{side}.graphql").read_text("utf-8")) for side in SIDES}


@pytest.mark.parametrize(
    ("side", "name"),
    [(side, path.stem) for side in SIDES for path in sorted((FOLDER / side).glob("*.graphql"))],
)
def test_the_document_is_valid(schemas: dict[SchemaName, GraphQLSchema], side: SchemaName, name: str) -> None:
    errors = validate(schemas[side], parse(document(side, name)))

    assert [error.message for error in errors] == []
