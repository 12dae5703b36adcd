"""A compiled operation: one statement, its parameters, and what Python adds to its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution.values import VariableValues

from domain.kernel.actors import Actor, ActorKind
from schema.compiled.arguments import Call
from schema.compiled.compiler import NO_ROW, Compiler, refuse
from schema.compiled.computed import Hole
from schema.compiled.selection import Fields, Selections
from schema.compiled.statement import Inputs, Parameter, Statement
from schema.compiled.text import Fixed, concat


@dataclass(frozen=True)
class Plan:
    """One statement for one kind of actor and one shape of arguments."""

    text: str
    parameters: Sequence[Parameter]
    calls: Sequence[Call]
    holes: Sequence[Hole]

    def arguments(self, variables: VariableValues) -> list[Mapping[str, Any]]:
        """The arguments of each field that has some, for one request."""
        return [call.values(variables) for call in self.calls]

    def values(self, actor: Actor, arguments: Sequence[Mapping[str, Any]]) -> list[object]:
        """The statement's parameters in order; `BadArgument` for a cursor of another list."""
        inputs = Inputs(actor, arguments)
        return [parameter(inputs) for parameter in self.parameters]


def plan_of(text: str, statement: Statement) -> Plan:
    """What a finished statement amounts to."""
    return Plan(text, tuple(statement.parameters), tuple(statement.calls), tuple(statement.holes))


def plan_query(query: GraphQLObjectType, fields: Fields, selections: Selections, kind: ActorKind) -> Plan:
    """The plan of a whole operation; `NotCompilable` when a field needs the executor."""
    statement = Statement(kind)
    compiler = Compiler(selections, statement, refuse)
    pieces = [Fixed('{"data":'), *compiler.members(query, fields, NO_ROW), Fixed("}")]
    return plan_of(concat(pieces), statement)
