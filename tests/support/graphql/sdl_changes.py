"""Changes of a schema since its last release that break clients, and those that the changelog names."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from graphql import GraphQLSchema, build_schema
from graphql.utilities import find_breaking_changes

ROOT = Path(__file__).parents[3]
SDL, RELEASED = ROOT / "schema" / "sdl", ROOT / "schema" / "sdl" / "released"
CHANGELOG = ROOT / "CHANGELOG.md"
UNRELEASED = re.compile(r"^## Unreleased$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^- (operations|portal|both) `([^`]+)`: \S", re.MULTILINE)
COORDINATE = re.compile(r"@?[A-Za-z_]\w*(?:\.\w+)?(?:\(\w+:\))?")


def released(name: str) -> GraphQLSchema:
    """The schema as it was last released."""
    return build_schema((RELEASED / f"{name}.graphql").read_text(encoding="utf-8"))


def present(name: str) -> GraphQLSchema:
    """The schema as its committed SDL is now."""
    return build_schema((SDL / f"{name}.graphql").read_text(encoding="utf-8"))


def named_changes(changelog: str, name: str) -> list[str]:
    """The patterns of coordinates that the unreleased part of a changelog names for a schema."""
    unreleased = UNRELEASED.search(changelog)
    entries = ENTRY.findall(unreleased[1]) if unreleased else []
    return [pattern for side, pattern in entries if side in (name, "both")]


def unnamed_changes(old: GraphQLSchema, new: GraphQLSchema, patterns: list[str]) -> Iterator[str]:
    """The breaking changes whose coordinate no pattern matches."""
    for change in find_breaking_changes(old, new):
        coordinate = _coordinate(change.description, old, new)
        if not any(fnmatchcase(coordinate, pattern) for pattern in patterns):
            yield f"`{coordinate}`: {change.description}"


def _coordinate(description: str, old: GraphQLSchema, new: GraphQLSchema) -> str:
    """What a change is about: `Type`, `Type.field` or `Type.field(argument:)`."""
    known = {**old.type_map, **new.type_map}
    found = [each for each in COORDINATE.findall(description) if each.split(".")[0].split("(")[0] in known]
    directives = [each for each in COORDINATE.findall(description) if each.startswith("@")]
    return max([*found, *directives], key=len, default=description)
