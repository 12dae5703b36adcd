"""The named GraphQL documents of the pages, read once."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from graphql import (
    ArgumentNode,
    FieldNode,
    FragmentDefinitionNode,
    NameNode,
    OperationDefinitionNode,
    parse,
    parse_value,
    print_ast,
)

from portal_views.web.auth_port import SchemaName

FOLDER = Path(__file__).parent
AFTER_ARGUMENT = ArgumentNode(name=NameNode(value="after"), value=parse_value("$after"))


@cache
def document(schema: SchemaName, name: str) -> str:
    """The text of a document with the fragments of its schema that it uses, directly or through others."""
    return _with_fragments(schema, (FOLDER / schema / f"{name}.graphql").read_text("utf-8"))


@cache
def next_page_document(schema: SchemaName, name: str, key: str) -> str:
    """A document for the next page of one of a document's root lists, after the cursor `$after`."""
    (field,) = [each for each in _root_fields(document(schema, name)) if each.alias and each.alias.value == key]
    asked = replace(field, arguments=(*(field.arguments or ()), AFTER_ARGUMENT))
    return _with_fragments(schema, f"query Rest($after: String!) {{\n{print_ast(asked)}\n}}")


def _root_fields(text: str) -> Iterator[FieldNode]:
    for definition in parse(text, no_location=True).definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode) and _is_on_query(definition):
            yield from (each for each in definition.selection_set.selections if isinstance(each, FieldNode))


def _is_on_query(definition: OperationDefinitionNode | FragmentDefinitionNode) -> bool:
    return isinstance(definition, OperationDefinitionNode) or definition.type_condition.name.value == "Query"


def _with_fragments(schema: SchemaName, text: str) -> str:
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
