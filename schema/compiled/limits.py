"""How large a request may be: tokens, cost and pages, judged once per document before anything slower runs.

The cost of a field is one, and of a list its page size times what one item costs; lists without pages, short by nature,
count as at most 10 items. Each fragment is costed once, so fragments that double each other stay as cheap to judge as
they are to write.
"""

from collections.abc import Iterable, Iterator
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
from strawberry.extensions import SchemaExtension

from schema.compiled.declarations import Connection, ToMany
from schema.compiled.fields import DECLARATION, DEFINITION
from schema.compiled.page_request import BAD_SIZE, LARGEST_PAGE
from schema.shared.scalars import UNCLEAN_TEXT, is_clean

MOST_TOKENS = 1_000
HIGHEST_COST = 20_000
LONG_LIST = 10
TOO_COSTLY = {"code": "QUERY_TOO_COSTLY"}
BAD_INPUT = {"code": "BAD_USER_INPUT"}


class Limits(SchemaExtension):
    """Refuses what is too large before Strawberry validates it, and text no database can hold."""

    def on_operation(self) -> Iterator[None]:
        """Bounds what the parser reads."""
        self.execution_context.parse_options["max_tokens"] = MOST_TOKENS
        yield

    def on_validate(self) -> Iterator[None]:
        """Judges the document and its variables; findings replace Strawberry's own validation."""
        context = self.execution_context
        document = context.graphql_document
        found = [] if document is None else problems(context.schema._schema, document)
        if not is_clean(context.variables):
            found.append(GraphQLError(UNCLEAN_TEXT, extensions=BAD_INPUT))
        if found:
            context.pre_execution_errors = found
        yield


def problems(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """What is too large or unclean in a document; the schema's own rules need not have been checked."""
    costs = _Costs(schema, document)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            costs.judge(operation)
    return costs.found + _unclean(document)


class _Costs:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            item.name.value: item for item in document.definitions if isinstance(item, FragmentDefinitionNode)
        }
        self._known: dict[str, int] = {}
        self.found: list[GraphQLError] = []

    def judge(self, operation: OperationDefinitionNode) -> None:
        root = self._schema.get_root_type(operation.operation)
        cost = self._of(operation.selection_set, root)
        if cost > HIGHEST_COST:
            message = f"This costs more than {HIGHEST_COST}: ask for smaller pages or fewer fields."
            self.found.append(GraphQLError(message, operation, extensions=TOO_COSTLY))

    def _of(self, selected: SelectionSetNode | None, parent: Any) -> int:
        total = 0
        for node in selected.selections if selected else ():
            if isinstance(node, FieldNode):
                total += self._field(node, parent)
            elif isinstance(node, InlineFragmentNode):
                total += self._of(node.selection_set, self._condition(node, parent))
            elif isinstance(node, FragmentSpreadNode):
                total += self._fragment(node.name.value)
        return min(total, HIGHEST_COST + 1)

    def _condition(self, node: InlineFragmentNode | FragmentDefinitionNode, parent: Any) -> Any:
        return self._schema.get_type(node.type_condition.name.value) if node.type_condition else parent

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            self._known[name] = 0  # Also what a fragment that spreads itself costs: validation refuses it.
            fragment = self._fragments.get(name)
            if fragment is not None:
                self._known[name] = self._of(fragment.selection_set, self._condition(fragment, None))
        return self._known[name]

    def _field(self, node: FieldNode, parent: Any) -> int:
        composite = isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType))
        field = parent.fields.get(node.name.value) if composite else None
        inner = get_named_type(field.type) if field is not None else None
        return 1 + self._size(node, field) * self._of(node.selection_set, inner)

    def _size(self, node: FieldNode, field: GraphQLField | None) -> int:
        declaration = _declaration(field)
        if isinstance(declaration, ToMany):
            return min(declaration.limit, LONG_LIST)
        return self._page(node) if isinstance(declaration, Connection) else 1

    def _page(self, node: FieldNode) -> int:
        asked = [item.value for item in node.arguments or () if item.name.value in ("first", "last")]
        asked = [value for value in asked if not isinstance(value, NullValueNode)]
        if not asked:
            self._refuse_page(node, f"`{node.name.value}` needs `first` or `last`.")
            return 1
        if not isinstance(asked[0], IntValueNode):
            return LARGEST_PAGE
        size = _whole(asked[0].value)
        if not 0 <= size <= LARGEST_PAGE:
            self._refuse_page(node, BAD_SIZE)
        return size

    def _refuse_page(self, node: FieldNode, message: str) -> None:
        self.found.append(GraphQLError(message, node, extensions=BAD_INPUT))


def _declaration(field: GraphQLField | None) -> object:
    definition = None if field is None else field.extensions.get(DEFINITION)
    return None if definition is None else definition.metadata.get(DECLARATION)


def _whole(digits: str) -> int:
    return int(digits) if len(digits) < 10 else LARGEST_PAGE + 1


class _TextFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[GraphQLError] = []

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        if not is_clean(node.value):
            self.found.append(GraphQLError(UNCLEAN_TEXT, node, extensions=BAD_INPUT))


def _unclean(document: DocumentNode) -> list[GraphQLError]:
    finder = _TextFinder()
    visit(document, finder)
    return finder.found


def extensions() -> Iterable[Any]:
    """What both schemas pass to Strawberry as `extensions`."""
    return [Limits]
