"""Registering the documents of a client's manifest, so that the client may name them and production run no others."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from settings import Settings
from workers.commands.database import open_database, run
from workers.commands.processes import load_settings_with_database
from workers.errors import CommandError

APOLLO_FORMAT = "apollo-persisted-query-manifest"
MAX_DOCUMENTS = 10_000
MAX_DOCUMENT_BYTES = 64 * 1024


def trust(manifest: Path, *, replace: bool) -> None:
    """Register all documents of a manifest, or none, and print their number."""
    documents = read_manifest(manifest)
    _check(documents)
    settings = load_settings_with_database()
    run(lambda: _register(settings, documents, replace=replace))
    print(f"{len(documents)} documents are trusted.")


def read_manifest(manifest: Path) -> Mapping[str, str]:
    """The documents by their ids: `{id: text}` of client-preset and Relay, or Apollo's list of operations."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise CommandError(f"{manifest} cannot be read: {problem}.") from None
    documents = _apollo_operations(content) if _is_apollo(content) else content
    if not isinstance(documents, dict) or not all(isinstance(text, str) for text in documents.values()):
        raise CommandError(f"{manifest} is no manifest: it must be an object with the text of each document by its id.")
    return documents


def _is_apollo(content: Any) -> bool:
    return isinstance(content, dict) and content.get("format") == APOLLO_FORMAT


def _apollo_operations(content: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {str(operation["id"]): operation["body"] for operation in content["operations"]}
    except (KeyError, TypeError) as problem:
        raise CommandError("The manifest has an operation without id or body.") from problem


def _check(documents: Mapping[str, str]) -> None:
    """Every document must be one that a schema can run, so that an outdated manifest is found before its client is."""
    from domain.trusted_documents.store import DOCUMENT_ID

    if len(documents) > MAX_DOCUMENTS:
        raise CommandError(f"The manifest has more than {MAX_DOCUMENTS} documents.")
    for name, text in documents.items():
        if not DOCUMENT_ID.fullmatch(name):
            raise CommandError(f"{name!r} cannot be an id: use letters, digits and . _ ~ : -, at most 128.")
        if problem := _problem(text):
            raise CommandError(f"The document {name} cannot be run: {problem}")


def _problem(text: str) -> str | None:
    """Why neither schema can run a document; None when one can."""
    from graphql import GraphQLError, parse, validate

    from schema.execution.limits import MAX_TOKENS
    from schema.operations import schema as operations
    from schema.portal import schema as portal

    if len(text.encode()) > MAX_DOCUMENT_BYTES:
        return f"it has more than {MAX_DOCUMENT_BYTES} bytes."
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        return error.message
    found = [validate(schema._schema, document) for schema in (operations, portal)]
    return None if not all(found) else min(found, key=len)[0].message


async def _register(settings: Settings, documents: Mapping[str, str], *, replace: bool) -> None:
    from domain.trusted_documents.store import DocumentConflict, register_trusted_documents

    async with open_database(settings):
        try:
            await register_trusted_documents(documents, replace=replace)
        except DocumentConflict as conflict:
            raise CommandError(f"The id {conflict} is registered with another text.") from None
