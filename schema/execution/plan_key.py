"""The plan key of a request: the part of its variables that changes the statement."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from graphql import ArgumentNode, DirectiveNode, DocumentNode, FieldNode, Node, VariableNode, Visitor, visit

from domain.kernel import ids

PAGE_SIZES = ("first", "last")
NODE_ARGUMENTS = {"node": "id", "nodes": "ids"}
PlanKey = Any
Shape = Callable[[Any], PlanKey]


class _AnyValue(Enum):
    """Stands for every value that a parameter carries."""

    VALUE = "value"


class _StructuralFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.shapes: dict[str, Shape] = {}

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        for argument in node.arguments or ():
            if argument.name.value == NODE_ARGUMENTS.get(node.name.value):
                self.shapes |= dict.fromkeys(_variables(argument), id_prefixes)

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        if node.name.value in PAGE_SIZES:
            self.shapes |= dict.fromkeys(_variables(node), _itself)

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.shapes |= dict.fromkeys(_variables(node), _itself)


class _VariableFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.names.append(node.name.value)


def _variables(node: Node) -> list[str]:
    finder = _VariableFinder()
    visit(node, finder)
    return finder.names


def structural_variables(document: DocumentNode) -> Mapping[str, Shape]:
    """The variables of which more than null shapes the statement, and what of them does.

    Of page sizes and of variables in directives it is the very value, of the identifiers of nodes their prefixes.
    """
    finder = _StructuralFinder()
    visit(document, finder)
    return finder.shapes


def plan_key(variables: Mapping[str, Any], structural: Mapping[str, Shape]) -> PlanKey:
    """The shape of one request's variables: equal shapes share a plan."""
    return tuple((name, structural.get(name, value_shape)(value)) for name, value in variables.items())


def id_prefixes(value: Any) -> PlanKey:
    """The prefixes of an identifier or of several; None stands for one that is malformed."""
    if isinstance(value, list):
        return frozenset(id_prefixes(each) for each in value)
    try:
        return ids.prefix_of(value)
    except (ValueError, TypeError):
        return None


def _itself(value: Any) -> PlanKey:
    return value


def value_shape(value: Any) -> PlanKey:
    """Null, booleans and values of enums stay, input objects keep their fields, lists their length; all else is alike.

    A boolean or a status often stands for an index that only one of its values can use.
    """
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, dict):
        return tuple((name, value_shape(inner)) for name, inner in value.items())
    if isinstance(value, list) and value and isinstance(value[0], dict | Enum):
        return tuple(value_shape(each) for each in value)
    return _AnyValue.VALUE
