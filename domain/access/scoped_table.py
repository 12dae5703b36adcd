"""A table with one scope predicate for each kind of actor: the rows that exist for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.kernel.actors import Actor, ActorKind

PLACEHOLDER = re.compile(r"\{(account|member|customers|contact|order|delivery|supplement)\}")
CASTS = {
    "account": "uuid",
    "member": "uuid",
    "customers": "uuid[]",
    "contact": "uuid",
    "order": "uuid",
    "delivery": "uuid",
    "supplement": "uuid",
}
EVERYTHING = "TRUE"
NOTHING = "FALSE"


@dataclass(frozen=True, eq=False)
class ScopedTable:
    """A table as reads and commands see it.

    A scope is SQL over `{t}` (the alias) with the placeholders `{account}`, `{member}`, `{customers}`, `{contact}`,
    `{order}`, `{delivery}`, `{supplement}` for the actor and `{now}` for the database's instant. A kind without a scope
    sees nothing.
    """

    name: str
    table: str
    predicates: Mapping[ActorKind, str]

    def predicate(self, kind: ActorKind, alias: str) -> str:
        """The predicate for this kind of actor, placeholders of the actor left in place."""
        predicate = self.predicates.get(kind, NOTHING)
        return predicate.replace("{t}", alias).replace("{now}", "(SELECT app_now())")

    def bound_predicate(self, actor: Actor, alias: str, *, first: int) -> tuple[str, list[object]]:
        """The predicate with numbered parameters from `$first` on, and their values."""
        binds, values = actor.scope_values(), list[object]()

        def number(match: re.Match[str]) -> str:
            values.append(binds[match[1]])
            return f"${first + len(values) - 1}::{CASTS[match[1]]}"

        return PLACEHOLDER.sub(number, self.predicate(actor.kind, alias)), values
