"""Queries for message data: one GraphQL document for each noun and schema, run in the reader's scope."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from domain.kernel.actors import Actor
from schema.api_schema import SchemaName, build_api_schemas, schema_name_of

DOCUMENT_FOLDER = Path(__file__).parent / "documents"
OPERATOR_FRAGMENT = "operator.graphql"
PAGE_SIZE = 100


class DocumentQueries:
    """The compiled reads of both schemas."""

    def __init__(self) -> None:
        self._api_schemas = build_api_schemas()

    async def fetch(self, noun: str, actor: Actor, **variables: object) -> dict[str, Any]:
        """Return the data of the noun's document in the reader's scope; a row outside it is null."""
        schema_name = schema_name_of(actor.role)
        query = document_text(schema_name, noun)
        known = {name: value for name, value in variables.items() if f"${name}" in query}
        body = await self._api_schemas[schema_name].fast_path.answer(query, known, None, actor)
        if body is None:
            raise ValueError(f"the document of {noun} messages does not compile for {actor.kind}")
        answer: dict[str, Any] = json.loads(body)["data"]
        return answer

    async def fetch_all(self, noun: str, ids: Sequence[str], actor: Actor) -> dict[str, Any]:
        """Return the data for many rows, read in pages; `found` is the list of visible rows."""
        pages = [ids[start : start + PAGE_SIZE] for start in range(0, len(ids), PAGE_SIZE)]
        answers = [await self.fetch(noun, actor, ids=page) for page in pages]
        return answers[0] | {"found": [row for answer in answers for row in answer["found"]["nodes"]]}


@cache
def document_text(schema_name: SchemaName, noun: str) -> str:
    """Return the text of a document; raises `FileNotFoundError` for a noun without messages in this schema."""
    own, shared = DOCUMENT_FOLDER / schema_name / f"{noun}.graphql", DOCUMENT_FOLDER / OPERATOR_FRAGMENT
    return own.read_text(encoding="utf-8") + shared.read_text(encoding="utf-8")
