"""Query documents, parsed from their text, checked against the limits and validated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values

from schema.execution.limits import MAX_TOKENS, limit_errors, operation_cost
from schema.execution.plan_key import Shape, structural_variables


@dataclass(frozen=True, eq=False)
class Document:
    """One valid query operation with its fragments."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    structural_variables: Mapping[str, Shape]
    text: DocumentNode

    def cost(self, variables: Mapping[str, Any]) -> int:
        """The cost of the operation with these variables."""
        return operation_cost(self.schema, self.text, self.operation, variables)

    def coerce_variables(self, variables: Mapping[str, Any] | None) -> VariableValues | None:
        """The variables coerced to the types of the schema; None when they do not fit."""
        found = get_variable_values(self.schema, self.operation.variable_definitions or (), dict(variables or {}))
        return None if isinstance(found, list) else found


def read_document(schema: GraphQLSchema, text: str, operation_name: str | None) -> Document | None:
    """The query of this name in a text; None for everything that is not one valid query."""
    try:
        parsed = parse(text, no_location=True, max_tokens=MAX_TOKENS)
    except GraphQLError:
        return None
    operation = _operation(parsed, operation_name)
    if operation is None or operation.operation is not OperationType.QUERY:
        return None
    if limit_errors(schema, parsed) or validate(schema, parsed, max_errors=1, hide_suggestions=True):
        return None
    fragments = {found.name.value: found for found in parsed.definitions if isinstance(found, FragmentDefinitionNode)}
    return Document(schema, operation, fragments, structural_variables(parsed), parsed)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    found = [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]
    if name:
        found = [item for item in found if item.name is not None and item.name.value == name]
    return found[0] if len(found) == 1 else None
