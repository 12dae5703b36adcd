"""Limits of a request: tokens, cost and pages, checked once per document ahead of the slower validation.

The cost of a field is one, and of a list its page size times the cost of one item; lists without pages, short by
nature, count as at most 10 items. Each fragment is costed once, so fragments that double each other stay cheap.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    Visitor,
    get_named_type,
    visit,
)
from strawberry.extensions import ParserCache, ValidationCache

from domain.kernel.clean_text import UNCLEAN_TEXT, is_clean
from schema.declarations.arguments import MAX_PAGE_SIZE, PAGE_SIZE_MESSAGE
from schema.declarations.declared_field import DECLARATION_KEY, DEFINITION_KEY
from schema.declarations.types import Connection, ToMany

MAX_TOKENS = 1_000
MAX_CACHED_DOCUMENTS = 500
MAX_COST = 20_000
MAX_UNPAGED_LIST_COST = 10
TOO_COSTLY = {"code": "QUERY_TOO_COSTLY"}
BAD_INPUT = {"code": "BAD_USER_INPUT"}


class Limits(ValidationCache):
    """Rejects requests that are too large before they are validated, and text that the database cannot store.

    A document that was validated before is not validated again.
    """

    def __init__(self) -> None:
        super().__init__(MAX_CACHED_DOCUMENTS)

    def on_operation(self) -> Iterator[None]:
        """Bound the number of tokens that the parser reads."""
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_validate(self) -> Iterator[None]:
        """Check the document and its variables; only what is within the limits is validated."""
        context = self.execution_context
        document = context.graphql_document
        found = [] if document is None else [*_cached_limit_errors(context.schema._schema, document)]
        if not is_clean(context.variables):
            found.append(GraphQLError(UNCLEAN_TEXT, extensions=BAD_INPUT))
        if not found:
            yield from super().on_validate()
            return
        context.pre_execution_errors = found
        yield


def limit_errors(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """The errors of a document that is too large or holds unclean text; it need not be valid otherwise."""
    costs = _CostCalculator(schema, document)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            costs.check(operation)
    return costs.found + _unclean_text_errors(document)


@lru_cache(MAX_CACHED_DOCUMENTS)
def _cached_limit_errors(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    return limit_errors(schema, document)


class _CostCalculator:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            item.name.value: item for item in document.definitions if isinstance(item, FragmentDefinitionNode)
        }
        self._known: dict[str, int] = {}
        self.found: list[GraphQLError] = []

    def check(self, operation: OperationDefinitionNode) -> None:
        root = self._schema.get_root_type(operation.operation)
        cost = self._selection_cost(operation.selection_set, root)
        if cost > MAX_COST:
            message = f"This costs more than {MAX_COST}: ask for smaller pages or fewer fields."
            self.found.append(GraphQLError(message, operation, extensions=TOO_COSTLY))

    def _selection_cost(self, selected: SelectionSetNode | None, parent: Any) -> int:
        total = 0
        for node in selected.selections if selected else ():
            if isinstance(node, FieldNode):
                total += self._field_cost(node, parent)
            elif isinstance(node, InlineFragmentNode):
                total += self._selection_cost(node.selection_set, self._condition(node, parent))
            elif isinstance(node, FragmentSpreadNode):
                total += self._fragment_cost(node.name.value)
        return min(total, MAX_COST + 1)

    def _condition(self, node: InlineFragmentNode | FragmentDefinitionNode, parent: Any) -> Any:
        return self._schema.get_type(node.type_condition.name.value) if node.type_condition else parent

    def _fragment_cost(self, name: str) -> int:
        if name not in self._known:
            self._known[name] = 0  # Also what a fragment that spreads itself costs: validation refuses it.
            fragment = self._fragments.get(name)
            if fragment is not None:
                self._known[name] = self._selection_cost(fragment.selection_set, self._condition(fragment, None))
        return self._known[name]

    def _field_cost(self, node: FieldNode, parent: Any) -> int:
        is_composite = isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType))
        field = parent.fields.get(node.name.value) if is_composite else None
        inner = get_named_type(field.type) if field is not None else None
        return 1 + self._size(node, field) * self._selection_cost(node.selection_set, inner)

    def _size(self, node: FieldNode, field: GraphQLField | None) -> int:
        declaration = _declaration(field)
        if isinstance(declaration, ToMany):
            return min(declaration.limit, MAX_UNPAGED_LIST_COST)
        return self._page_size(node) if isinstance(declaration, Connection) else 1

    def _page_size(self, node: FieldNode) -> int:
        sizes = [item.value for item in node.arguments or () if item.name.value in ("first", "last")]
        sizes = [value for value in sizes if not isinstance(value, NullValueNode)]
        if not sizes:
            self._refuse_page(node, f"`{node.name.value}` needs `first` or `last`.")
            return 1
        if not isinstance(sizes[0], IntValueNode):
            return MAX_PAGE_SIZE
        size = _bounded_int(sizes[0].value)
        if not 0 <= size <= MAX_PAGE_SIZE:
            self._refuse_page(node, PAGE_SIZE_MESSAGE)
        return size

    def _refuse_page(self, node: FieldNode, message: str) -> None:
        self.found.append(GraphQLError(message, node, extensions=BAD_INPUT))


def _declaration(field: GraphQLField | None) -> object:
    definition = None if field is None else field.extensions.get(DEFINITION_KEY)
    return None if definition is None else definition.metadata.get(DECLARATION_KEY)


def _bounded_int(digits: str) -> int:
    return int(digits) if len(digits) < 10 else MAX_PAGE_SIZE + 1


class _TextFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[GraphQLError] = []

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        if not is_clean(node.value):
            self.found.append(GraphQLError(UNCLEAN_TEXT, node, extensions=BAD_INPUT))


def _unclean_text_errors(document: DocumentNode) -> list[GraphQLError]:
    finder = _TextFinder()
    visit(document, finder)
    return finder.found


def extensions() -> Iterable[Any]:
    """The extensions of both schemas. A text that was sent before is neither parsed nor validated again."""
    return [Limits, lambda: ParserCache(MAX_CACHED_DOCUMENTS)]
