"""Validation of arguments, in the document and in its variables, with the path of each wrong one."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    SKIP,
    ArgumentNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    ValueNode,
    ValuesOfCorrectTypeRule,
    VariableDefinitionNode,
    VisitorAction,
    specified_rules,
    type_from_ast,
)
from graphql.execution.values import get_variable_values
from graphql.pyutils import Undefined
from graphql.utilities import validate_input_literal, validate_input_value

from schema.execution.input_errors import error_at


class ArgumentValuesRule(ValuesOfCorrectTypeRule):
    """Values of the document have the type of their place; each error names its argument."""

    _argument: str | None = None

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        self._argument = node.name.value

    def leave_argument(self, *_: Any) -> None:
        self._argument = None

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        if input_type:
            start = [] if self._argument is None else [self._argument]
            validate_input_literal(
                node,
                input_type,
                lambda error, path: self.report_error(error_at(error, [*start, *path])),
                hide_suggestions=self.context.hide_suggestions,
            )
        return SKIP


RULES = tuple(ArgumentValuesRule if rule is ValuesOfCorrectTypeRule else rule for rule in specified_rules)


def variable_errors(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any], *, suggests: bool
) -> list[GraphQLError]:
    """What is wrong with the variables of a valid operation; empty when they can be coerced.

    `suggests` lets errors name what resembles an unknown name.
    """
    definitions = operation.variable_definitions or ()
    found = get_variable_values(schema, definitions, dict(variables), hide_suggestions=not suggests)
    if not isinstance(found, list):
        return []
    return [error for each in definitions for error in _errors_of(schema, each, variables, suggests)] or found


def _errors_of(
    schema: GraphQLSchema, definition: VariableDefinitionNode, variables: Mapping[str, Any], suggests: bool
) -> Iterator[GraphQLError]:
    name, type_ = definition.variable.name.value, type_from_ast(schema, definition.type)
    value = variables.get(name, Undefined)
    if type_ is None or (value is Undefined and definition.default_value):
        return
    found: list[GraphQLError] = []
    input_type: Any = type_
    validate_input_value(
        value,
        input_type,
        lambda error, path: found.append(error_at(error, [name, *path], [definition])),
        hide_suggestions=not suggests,
    )
    yield from found
