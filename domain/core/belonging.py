"""Scopes of rows that belong to another row: whoever sees the one sees the other, by the same predicate."""

from collections.abc import Collection, Mapping

from domain.core.actors import ActorKind
from domain.core.sources import Source


def below(parent: Source, key: str, *, also: str = "TRUE") -> Mapping[ActorKind, str]:
    """For every kind of actor: the row's `key` names a row of `parent` in that kind's sight, and `also` holds."""
    return {kind: f"{within(parent, kind, key)} AND ({also})" for kind in parent.scopes}


def within(parent: Source, kind: ActorKind, key: str, *, when: str = "TRUE") -> str:
    """SQL: `{t}`'s column `key` names a row of `parent` that this kind of actor sees."""
    alias = f"the_{parent.table}"
    scope = parent.scopes[kind].replace("{t}", alias) if kind in parent.scopes else "FALSE"
    return f"({when} AND EXISTS (SELECT 1 FROM {parent.table} {alias} WHERE {alias}.id = {{t}}.{key} AND ({scope})))"


def limited(scopes: Mapping[ActorKind, str], kinds: Collection[ActorKind]) -> Mapping[ActorKind, str]:
    """Only these kinds keep their scope; all others see nothing."""
    return {kind: scope for kind, scope in scopes.items() if kind in kinds}
