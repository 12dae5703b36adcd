"""The pages' named GraphQL documents, each read and completed with its fragments once."""

from functools import cache
from pathlib import Path

from graphql import (
    FragmentSpreadNode,
    Visitor,
    parse,
    visit,
)

from portal_views.web.ports.auth import SchemaName

FOLDER = Path(__file__).parent
SHARED = "shared"


@cache
def document(schema: SchemaName, name: str) -> str:
    """The text of a document with the fragments that it spreads, directly or through others."""
    return _with_fragments(schema, (FOLDER / schema / f"{name}.graphql").read_text("utf-8"))


def _with_fragments(schema: SchemaName, text: str) -> str:
    """The text followed by each fragment it needs; raises KeyError for a fragment that has no file."""
    known = fragments(schema)
    needed: dict[str, str] = {}
    spreads = spread_names(text)
    while spreads:
        name = spreads.pop(0)
        if name not in needed:
            needed[name] = known[name]
            spreads += spread_names(known[name])
    return "\n".join([text, *needed.values()])


def spread_names(text: str) -> list[str]:
    """The names of the fragments that a text spreads itself, in their order."""
    names: list[str] = []

    class Spreads(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
            names.append(node.name.value)

    visit(parse(text, no_location=True), Spreads())
    return names


@cache
def fragments(schema: SchemaName) -> dict[str, str]:
    """The fragments of one schema by name, those that fit both schemas among them: one file each."""
    folders = (FOLDER / SHARED / "fragments", FOLDER / schema / "fragments")
    files = (path for folder in folders for path in sorted(folder.glob("*.graphql")))
    return {path.stem: path.read_text("utf-8") for path in files}
