"""The cost of an operation with its variables, which budgets count; `limits` says how costs are computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSchema, get_operation_ast, parse

from schema.execution.limits import MAX_TOKENS, operation_cost
from schema.execution.lru_cache import LruCache
from schema.execution.memory import BYTES_PER_ENTRY, MAX_REMEMBERED_LENGTH, MEBIBYTE, document_size
from schema.execution.plan_key import Shape, structural_variables

DOCUMENT_CACHE_BYTES = 2 * MEBIBYTE
COST_CACHE_BYTES = MEBIBYTE
COST_OF_NO_OPERATION = 1


@dataclass(frozen=True, eq=False)
class _ParsedDocument:
    document: DocumentNode
    page_variables: Mapping[str, Shape]


class OperationCosts:
    """Costs by document, operation and page sizes; documents that were seen before are not parsed again."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._documents: LruCache[_ParsedDocument | None] = LruCache(DOCUMENT_CACHE_BYTES)
        self._costs: LruCache[int] = LruCache(COST_CACHE_BYTES)

    def cost(self, query: str, operation_name: str | None, variables: Mapping[str, Any]) -> int:
        """The cost of one operation; that of a document without it is one."""
        if len(query) > MAX_REMEMBERED_LENGTH:
            parsed = _parse(query)
            return self._compute(parsed, operation_name, variables)
        parsed = self._documents.get_or_make(query, lambda: _parse(query), lambda _: document_size(query))
        sizes = parsed and tuple(str(variables.get(name)) for name in sorted(parsed.page_variables))
        return self._costs.get_or_make(
            (query, operation_name, sizes),
            lambda: self._compute(parsed, operation_name, variables),
            lambda _: BYTES_PER_ENTRY + len(query),
        )

    def _compute(self, parsed: _ParsedDocument | None, operation_name: str | None, variables: Mapping[str, Any]) -> int:
        operation = parsed and get_operation_ast(parsed.document, operation_name)
        if not parsed or not operation:
            return COST_OF_NO_OPERATION
        return operation_cost(self._schema, parsed.document, operation, variables)


def _parse(query: str) -> _ParsedDocument | None:
    try:
        document = parse(query, no_location=True, max_tokens=MAX_TOKENS)
    except GraphQLError:
        return None
    return _ParsedDocument(document, structural_variables(document))
