"""The named GraphQL documents of the pages, read once."""

from functools import cache
from pathlib import Path

from portal_views.gate import SchemaName

FOLDER = Path(__file__).parent / "documents"


@cache
def document(schema: SchemaName, name: str) -> str:
    """The text of a document with the fragments of its schema that it uses, directly or through others."""
    text = (FOLDER / schema / f"{name}.graphql").read_text("utf-8")
    known = fragments(schema)
    used: list[str] = []
    waiting = [text]
    while waiting:
        spread = waiting.pop()
        for fragment, body in known.items():
            if f"...{fragment}\n" in spread and fragment not in used:
                used.append(fragment)
                waiting.append(body)
    return "\n".join([text, *(known[fragment] for fragment in used)])


@cache
def fragments(schema: SchemaName) -> dict[str, str]:
    """The shared fragments of one schema by name: one file each in its folder `fragments`."""
    folder = FOLDER / schema / "fragments"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.graphql"))}
