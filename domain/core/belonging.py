"""Scopes of rows that belong to another row: whoever sees the one sees the other, by the same predicate."""

import re
from collections.abc import Collection, Mapping

from domain.core.actors import ActorKind
from domain.core.sources import EVERYTHING, NOTHING, Source

BY_ITS_KEY = re.compile(r"\{t\}\.(\w+) = \{p\}\.id")


def below(parent: Source, key: str, *, also: str | None = None) -> Mapping[ActorKind, str]:
    """For every kind of actor: the row's `key` names a row of `parent` in that kind's sight, and `also` holds."""
    more = f" AND ({also})" if also else ""
    return {kind: f"{within(parent, kind, key)}{more}" for kind in parent.scopes}


def within(parent: Source, kind: ActorKind, key: str, *, when: str = "TRUE") -> str:
    """SQL: `{t}`'s column `key` names a row of `parent` that this kind of actor sees."""
    alias = f"the_{parent.table}"
    scope = parent.scopes[kind].replace("{t}", alias) if kind in parent.scopes else "FALSE"
    return f"({when} AND EXISTS (SELECT 1 FROM {parent.table} {alias} WHERE {alias}.id = {{t}}.{key} AND ({scope})))"


def left_to_judge(source: Source, kind: ActorKind, parent: Source | None, on: str) -> str:
    """What of a scope is still to be judged of rows that are reached `on` the key of a parent in the actor's sight."""
    scope, key = source.scopes.get(kind, NOTHING), BY_ITS_KEY.fullmatch(on)
    if parent is None or key is None:
        return scope
    judged = within(parent, kind, key[1])
    return EVERYTHING if scope == judged else scope.removeprefix(f"{judged} AND ")


def limited(scopes: Mapping[ActorKind, str], kinds: Collection[ActorKind]) -> Mapping[ActorKind, str]:
    """Only these kinds keep their scope; all others see nothing."""
    return {kind: scope for kind, scope in scopes.items() if kind in kinds}
