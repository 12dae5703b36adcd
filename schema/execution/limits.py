"""Limits of a request: tokens, cost and pages, checked once per document ahead of the slower validation.

The cost of a field is one, and of a list its page size times the cost of one item; lists without pages, short by
nature, count as at most 10 items. Each fragment is costed once, so fragments that double each other stay cheap.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
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
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
    VariableNode,
    Visitor,
    get_named_type,
    get_operation_ast,
    parse,
    validate,
    visit,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from domain.kernel.clean_text import is_clean
from schema.declarations.arguments import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from schema.declarations.declared_field import DECLARATION_KEY, DEFINITION_KEY
from schema.declarations.nodes import MAX_NODES, NodeList
from schema.declarations.types import Connection, ToMany
from schema.execution.document_limits import MAX_NESTING, shape_errors
from schema.execution.input_errors import InputError
from schema.execution.input_validation import RULES, variable_errors
from schema.execution.lru_cache import LruCache
from schema.execution.memory import MEBIBYTE, located_document_size

MAX_TOKENS = 10_000
MAX_COST = 20_000
MAX_UNPAGED_LIST_COST = 10
TOO_COSTLY = "QUERY_TOO_COSTLY"
VALIDATION_RULES = (*RULES, MaybeNullValidationRule, OneOfInputValidationRule)


class Limits(SchemaExtension):
    """Rejects requests that are too large before they are validated, and text that the database cannot store.

    A text that was sent before is neither parsed nor validated again.
    """

    def on_operation(self) -> Iterator[None]:
        """Bound the number of tokens that the parser reads, and let errors of arguments name them."""
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        self.execution_context.validation_rules = RULES
        yield

    def on_parse(self) -> Iterator[None]:
        """Parse the document, or take it from memory; Strawberry reads one with an error again, and reports that."""
        context = self.execution_context
        text = context.query or ""
        with suppress(GraphQLError):
            self._text = VALIDATED_TEXTS.get_or_make(
                text, lambda: ValidatedText(parse(text, max_tokens=MAX_TOKENS)), lambda _: located_document_size(text)
            )
            context.graphql_document = self._text.document
        yield

    def on_validate(self) -> Iterator[None]:
        """Check the document and its variables; only what is within the limits is validated."""
        context = self.execution_context
        found = self._text.errors(context.schema._schema, suggests=self._suggests)
        if not found:
            found = self._variable_errors() if is_clean(context.variables) else [InputError("unclean_text")]
        context.pre_execution_errors = found
        yield

    @property
    def _suggests(self) -> bool:
        """Whether errors may name what resembles an unknown name: in development only."""
        settings = getattr(self.execution_context.context, "settings", None)
        return settings is None or settings.in_development

    def _variable_errors(self) -> list[GraphQLError]:
        context = self.execution_context
        operation = get_operation_ast(self._text.document, context.operation_name)
        if operation is None:
            return []
        return variable_errors(context.schema._schema, operation, context.variables or {}, suggests=self._suggests)


class ValidatedText:
    """A parsed document with its errors by schema, once they were asked for."""

    def __init__(self, document: DocumentNode) -> None:
        self.document = document
        self._errors: dict[tuple[GraphQLSchema, bool], list[GraphQLError]] = {}

    def errors(self, schema: GraphQLSchema, *, suggests: bool) -> list[GraphQLError]:
        """What is wrong with the document: limits first, and only within them what validation finds."""
        key = schema, suggests
        if key not in self._errors:
            self._errors[key] = limit_errors(schema, self.document) or validate(
                schema, self.document, VALIDATION_RULES, hide_suggestions=not suggests
            )
        return self._errors[key]


VALIDATED_TEXTS: LruCache[ValidatedText] = LruCache(8 * MEBIBYTE)


def limit_errors(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """The errors of a document that is too large or holds unclean text; it need not be valid otherwise."""
    costs = _CostCalculator(schema, document)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            costs.check(operation)
    return [*costs.found, *shape_errors(document), *_unclean_text_errors(document)]


def operation_cost(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> int:
    """The cost of one operation of a document, its pages as large as these variables say."""
    return _CostCalculator(schema, document, variables).cost(operation)


class _CostCalculator:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        self._schema, self._variables = schema, variables
        self._fragments = {
            item.name.value: item for item in document.definitions if isinstance(item, FragmentDefinitionNode)
        }
        self._known: dict[str, int] = {}
        self._nesting = 0
        self.found: list[GraphQLError] = []

    def cost(self, operation: OperationDefinitionNode) -> int:
        return self._selection_cost(operation.selection_set, self._schema.get_root_type(operation.operation))

    def check(self, operation: OperationDefinitionNode) -> None:
        if self.cost(operation) > MAX_COST:
            self.found.append(InputError("query_too_costly", operation, code=TOO_COSTLY, params={"limit": MAX_COST}))

    def _selection_cost(self, selected: SelectionSetNode | None, parent: Any) -> int:
        if self._nesting == MAX_NESTING:
            return MAX_COST + 1
        self._nesting += 1
        total = sum(self._node_cost(node, parent) for node in (selected.selections if selected else ()))
        self._nesting -= 1
        return min(total, MAX_COST + 1)

    def _node_cost(self, node: SelectionNode, parent: Any) -> int:
        if isinstance(node, FieldNode):
            return self._field_cost(node, parent)
        if isinstance(node, InlineFragmentNode):
            return self._selection_cost(node.selection_set, self._condition(node, parent))
        return self._fragment_cost(node.name.value) if isinstance(node, FragmentSpreadNode) else 0

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
        if isinstance(declaration, NodeList):
            return _list_length(node)
        return self._page_size(node) if isinstance(declaration, Connection) else 1

    def _page_size(self, node: FieldNode) -> int:
        sizes = [item.value for item in node.arguments or () if item.name.value in ("first", "last")]
        sizes = [value for value in sizes if not isinstance(value, NullValueNode)]
        if not sizes:
            return DEFAULT_PAGE_SIZE
        if not isinstance(sizes[0], IntValueNode):
            return self._variable_size(sizes[0])
        size = _bounded_int(sizes[0].value)
        if not 0 <= size <= MAX_PAGE_SIZE:
            self._refuse_page(node, "page_size")
        return size

    def _variable_size(self, node: ValueNode) -> int:
        """The size that a variable gives; the largest while its value is not known."""
        value = self._variables.get(node.name.value) if isinstance(node, VariableNode) else None
        return min(max(value, 0), MAX_PAGE_SIZE) if isinstance(value, int) else MAX_PAGE_SIZE

    def _refuse_page(self, node: FieldNode, key: str) -> None:
        self.found.append(InputError(key, node, params={"field": node.name.value, "limit": MAX_PAGE_SIZE}))


def _declaration(field: GraphQLField | None) -> object:
    definition = None if field is None else field.extensions.get(DEFINITION_KEY)
    return None if definition is None else definition.metadata.get(DECLARATION_KEY)


def _list_length(node: FieldNode) -> int:
    """The number of items in the field's one argument, as many as it may hold where a variable gives it."""
    found = [item.value for item in node.arguments or ()]
    return len(found[0].values) if found and isinstance(found[0], ListValueNode) else MAX_NODES


def _bounded_int(digits: str) -> int:
    return int(digits) if len(digits) < 10 else MAX_PAGE_SIZE + 1


class _TextFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[GraphQLError] = []

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        if not is_clean(node.value):
            self.found.append(InputError("unclean_text", node))


def _unclean_text_errors(document: DocumentNode) -> list[GraphQLError]:
    finder = _TextFinder()
    visit(document, finder)
    return finder.found


def extensions() -> Iterable[Any]:
    """The extensions of both schemas."""
    return [Limits]
