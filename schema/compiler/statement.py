"""One SQL statement under construction: its aliases, parameters, calls and placeholders."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.access.scope_inheritance import remaining_predicate
from domain.access.scoped_table import CASTS, ScopedTable
from domain.kernel.actors import Actor, ActorKind
from schema.compiler.field_call import FieldCall
from schema.compiler.placeholders import Placeholder
from schema.declarations.errors import InvalidDeclaration

NAME = re.compile(r"\{(\w+)\}")
PARAMETER = re.compile(r"\$(\d+)(?=::)")
NOW = "(SELECT app_now())"
ACTOR_TYPES = CASTS | {"language": "text"}

Names = Mapping[str, str]


@dataclass(frozen=True)
class RequestInputs:
    """The actor of one request, and the arguments of each field that has some."""

    actor: Actor
    arguments: Sequence[Mapping[str, Any]]


Parameter = Callable[[RequestInputs], object]


class Statement:
    """Collects the parameters, calls and placeholders that the text of a statement refers to."""

    def __init__(self, kind: ActorKind) -> None:
        self.kind = kind
        self.parameters: list[Parameter] = []
        self.calls: list[FieldCall] = []
        self.placeholders: list[Placeholder] = []
        self._aliases = 0
        self._numbers: dict[Hashable, int] = {}

    def new_alias(self) -> str:
        """A name no other table in this statement has."""
        self._aliases += 1
        return f"t{self._aliases}"

    def bind(self, key: Hashable, parameter: Parameter, sql_type: str) -> str:
        """The SQL parameter for a value; the same key gives the same parameter."""
        if key not in self._numbers:
            self.parameters.append(parameter)
            self._numbers[key] = len(self.parameters)
        return f"${self._numbers[key]}::{sql_type}"

    def finish(self, text: str) -> tuple[str, Sequence[Parameter]]:
        """The whole text, its parameters numbered anew, and those parameters.

        Parameters of expressions that were rendered and then left out are dropped: PostgreSQL refuses a statement
        with a parameter that the text does not mention, because it cannot tell its type.
        """
        used = sorted({int(number) for number in PARAMETER.findall(text)})
        if len(used) == len(self.parameters):
            return text, tuple(self.parameters)
        numbers = {str(old): f"${new}" for new, old in enumerate(used, 1)}
        return PARAMETER.sub(lambda match: numbers[match[1]], text), tuple(self.parameters[old - 1] for old in used)

    def add_call(self, call: FieldCall) -> int:
        """Add a field with arguments; the number is its index in `RequestInputs.arguments`."""
        self.calls.append(call)
        return len(self.calls) - 1

    def add_placeholder(self, placeholder: Placeholder) -> int:
        """Add a placeholder; the number marks it in the text."""
        self.placeholders.append(placeholder)
        return len(self.placeholders) - 1

    def render(self, sql: str, names: Names) -> str:
        """Fill `{t}`, `{p}`, `{now}`, parts of groups and the actor's placeholders into declared SQL."""

        def fill(match: re.Match[str]) -> str:
            name = match[1]
            if name in names:
                return names[name]
            if name == "now":
                return NOW
            return self._actor_parameter(name) if name in ACTOR_TYPES else match[0]

        return NAME.sub(fill, sql)

    def visibility_condition(
        self, source: ScopedTable, on: str, names: Names, parent: ScopedTable | None = None
    ) -> str:
        """The condition for the rows of a source that belong here and are visible to this kind of actor.

        `parent` is the source of the row `{p}`, visible already; conditions that follow from that are left out.
        """
        if not source.predicates:
            raise InvalidDeclaration(f"the source {source.name} has no scopes")
        scope = self.render(remaining_predicate(source, self.kind, parent, on), names)
        joined = self.render(on, names)
        return " AND ".join(f"({term})" for term in (joined, scope) if term != "TRUE") or "TRUE"

    def _actor_parameter(self, name: str) -> str:
        if name == "language":
            return self.bind(("actor", name), lambda inputs: inputs.actor.language, ACTOR_TYPES[name])
        return self.bind(("actor", name), lambda inputs: inputs.actor.scope_values()[name], ACTOR_TYPES[name])
