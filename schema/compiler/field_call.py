"""The arguments of one selected field, read anew for each request unless they are constant."""

from collections.abc import Mapping
from typing import Any

from graphql import FieldNode, GraphQLField, VariableNode, Visitor, visit
from graphql.execution.values import VariableValues, get_argument_values

NO_VARIABLES = VariableValues({}, {})


class FieldCall:
    """A field of the schema as one node of a document calls it."""

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        self._field = field
        self._node = node
        self._constant = None if _uses_variables(node) else get_argument_values(field, node, NO_VARIABLES)

    def argument_values(self, variables: VariableValues) -> Mapping[str, Any]:
        """The coerced arguments by their GraphQL names; absent ones without a default are left out."""
        if self._constant is not None:
            return self._constant
        return get_argument_values(self._field, self._node, variables)


class _VariableFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_variable(self, _node: VariableNode, *_: Any) -> None:
        self.found = True


def _uses_variables(node: FieldNode) -> bool:
    finder = _VariableFinder()
    for argument in node.arguments or ():
        visit(argument, finder)
    return finder.found
