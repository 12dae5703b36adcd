"""A compiled operation: one statement, its parameters, calls and placeholders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution.values import VariableValues

from domain.kernel.actors import Actor, ActorKind
from domain.text_search import SEARCH_CALL
from schema.compiler.field_call import FieldCall
from schema.compiler.json_text import Fixed, concat
from schema.compiler.object_compiler import ObjectCompiler, reject_undeclared
from schema.compiler.placeholders import Placeholder
from schema.compiler.row import NO_ROW
from schema.compiler.selection import Fields, Selections
from schema.compiler.statement import Parameter, RequestInputs, Statement


@dataclass(frozen=True)
class Plan:
    """One statement for one kind of actor and one shape of arguments; `cost` is what a request of it counts.

    One that searches is planned for its very words: whether they find a few rows or nearly all decides how to read.
    """

    text: str
    parameters: Sequence[Parameter]
    calls: Sequence[FieldCall]
    placeholders: Sequence[Placeholder]
    cost: int = 1

    @cached_property
    def searches(self) -> bool:
        """Whether the statement searches for words."""
        return SEARCH_CALL in self.text

    def arguments(self, variables: VariableValues) -> list[Mapping[str, Any]]:
        """The arguments of each field that has some, for one request."""
        return [call.argument_values(variables) for call in self.calls]

    def values(self, actor: Actor, arguments: Sequence[Mapping[str, Any]]) -> list[object]:
        """The statement's parameters in order; `InvalidArgument` for a cursor of another list."""
        inputs = RequestInputs(actor, arguments)
        return [parameter(inputs) for parameter in self.parameters]


def plan_from_statement(text: str, statement: Statement) -> Plan:
    """The plan of a finished statement."""
    finished, parameters = statement.finish(text)
    return Plan(finished, parameters, tuple(statement.calls), tuple(statement.placeholders))


def plan_query(query: GraphQLObjectType, fields: Fields, selections: Selections, kind: ActorKind) -> Plan:
    """The plan of a whole operation; `NotCompilable` when a field needs the executor."""
    statement = Statement(kind)
    compiler = ObjectCompiler(selections, statement, reject_undeclared)
    pieces = [Fixed('{"data":'), *compiler.members(query, fields, NO_ROW), Fixed("}")]
    return plan_from_statement(concat(pieces), statement)
