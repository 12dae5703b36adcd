"""Every document of the pages fits the schema that it is run against."""

from collections import Counter
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from portal_views.documents.loader import FOLDER, document, fragments, spread_names
from portal_views.web.ports.auth import SchemaName

SDL = Path(__file__).parents[3] / "schema" / "sdl"
# Settings, and what people start themselves: few rows, or a number that has to be exact.
COUNTED_EXACTLY = {
    *("AutomationInList", "automation", "setup_overview"),
    *(
        "bulk_dry_run",
        "bulk_operation",
        "data_imports",
        "draft_prints",
        "invoice_run",
        "invoice_runs",
        "ledger_exports",
    ),
}
SCHEMAS: tuple[SchemaName, ...] = ("operations", "portal")


@pytest.fixture(scope="module")
def schemas() -> dict[SchemaName, GraphQLSchema]:
    return {schema: build_schema((SDL / f"{schema}.graphql").read_text("utf-8")) for schema in SCHEMAS}


@pytest.mark.parametrize(
    ("schema", "name"),
    [(schema, path.stem) for schema in SCHEMAS for path in sorted((FOLDER / schema).glob("*.graphql"))],
)
def test_the_document_is_valid(schemas: dict[SchemaName, GraphQLSchema], schema: SchemaName, name: str) -> None:
    errors = validate(schemas[schema], parse(document(schema, name)))

    assert [error.message for error in errors] == []


def test_no_fragment_stands_twice() -> None:
    texts = Counter(path.read_text("utf-8") for path in FOLDER.rglob("fragments/*.graphql"))

    assert [text for text, times in texts.items() if times > 1] == []


def test_every_fragment_is_spread_somewhere() -> None:
    spread = {name for path in FOLDER.rglob("*.graphql") for name in spread_names(path.read_text("utf-8"))}

    assert {name for schema in SCHEMAS for name in fragments(schema)} - spread == set()


def test_a_spread_is_found_wherever_it_stands_in_its_line() -> None:
    assert spread_names("{ viewer { ...Name } now ...Frame # ...Comment\n}") == ["Name", "Frame"]


def test_lists_that_grow_are_counted_up_to_a_bound() -> None:
    exact = {path.stem for path in FOLDER.rglob("*.graphql") if "totalCount" in path.read_text("utf-8")}

    assert exact == COUNTED_EXACTLY
