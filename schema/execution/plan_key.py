"""The plan key of a request: the part of its variables that changes the statement."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql import ArgumentNode, DirectiveNode, DocumentNode, VariableNode, Visitor, visit

from schema.declarations.ordering import StructuralEnum

PAGE_SIZES = ("first", "last")
PlanKey = Any


class _AnyValue(Enum):
    """Stands for every value that a parameter carries."""

    VALUE = "value"


class _StructuralFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        if node.name.value in PAGE_SIZES and isinstance(node.value, VariableNode):
            self.names.add(node.value.name.value)

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.names.add(argument.value.name.value)


def structural_variables(document: DocumentNode) -> frozenset[str]:
    """The variables whose very value shapes the statement: page sizes and those of directives."""
    finder = _StructuralFinder()
    visit(document, finder)
    return frozenset(finder.names)


def plan_key(variables: Mapping[str, Any], structural: frozenset[str]) -> PlanKey:
    """The shape of one request's variables: equal shapes share a plan."""
    return tuple((name, value if name in structural else value_shape(value)) for name, value in variables.items())


def value_shape(value: Any) -> PlanKey:
    """Null stays null, input objects keep their fields, other values become alike."""
    if value is None or isinstance(value, StructuralEnum):
        return value
    if isinstance(value, dict):
        return tuple((name, value_shape(inner)) for name, inner in value.items())
    return _AnyValue.VALUE
