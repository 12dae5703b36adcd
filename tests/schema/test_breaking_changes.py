"""No change of a schema breaks clients unless the changelog names it."""

import pytest
from graphql import build_schema

from schema.sdl_export import SCHEMAS
from tests.support.graphql.sdl_changes import CHANGELOG, named_changes, present, released, unnamed_changes

OLD = "type Query { orders(by: String, first: Int): Int lines: Int } enum Color { RED BLUE } input Where { a: String }"
LOG = """# Changelog

## Unreleased

- **Breaking:** something that this test does not read.

### Breaking changes of the schemas

- operations `Query.lines`: removed.
- both `*(by:)`: a list.

## 1.0.0

- operations `Where.a`: named for a release long past.
"""


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_changelog_names_every_breaking_change_since_the_last_release(name: str) -> None:
    patterns = named_changes(CHANGELOG.read_text(encoding="utf-8"), name)

    unnamed = list(unnamed_changes(released(name), present(name), patterns))

    assert unnamed == [], "name them below `### Breaking changes of the schemas` in CHANGELOG.md"


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        (OLD.replace("lines: Int", ""), []),
        (OLD.replace("by: String", "by: [String!]"), []),
        (OLD.replace("first: Int", "first: Int!"), ["Query.orders(first:)"]),
        (OLD.replace("orders(by: String, first: Int): Int", ""), ["Query.orders"]),
        (OLD.replace("orders(by: String, first: Int): Int", "orders(by: String, first: Int): ID"), ["Query.orders"]),
        (OLD.replace("BLUE", ""), ["Color.BLUE"]),
        (OLD.replace("a: String", "a: Int"), ["Where.a"]),
        (OLD.replace("a: String", "a: String b: Int!"), ["Where.b"]),
        (OLD.replace("input Where { a: String }", ""), ["Where"]),
    ],
)
def test_a_breaking_change_is_found_under_its_name(changed: str, about: list[str]) -> None:
    patterns = named_changes(LOG, "operations")

    found = list(unnamed_changes(build_schema(OLD), build_schema(changed), patterns))

    assert [each.split("`")[1] for each in found] == about


def test_what_is_named_for_one_schema_does_not_count_for_the_other() -> None:
    assert named_changes(LOG, "portal") == ["*(by:)"]
    assert named_changes(LOG, "operations") == ["Query.lines", "*(by:)"]
