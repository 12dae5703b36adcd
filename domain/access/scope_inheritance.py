"""Scope inheritance: a row that belongs to another row is visible by that row's predicate."""

import re
from collections.abc import Collection, Mapping

from domain.access.scoped_table import EVERYTHING, NOTHING, ScopedTable
from domain.kernel.actors import ActorKind

JOIN_ON_KEY = re.compile(r"\{t\}\.(\w+) = \{p\}\.id")


def inherit_scopes(parent: ScopedTable, key: str, *, condition: str | None = None) -> Mapping[ActorKind, str]:
    """For every kind of actor: the row's `key` names a row of `parent` visible to it, and `condition` holds."""
    more = f" AND ({condition})" if condition else ""
    return {kind: f"{inherited_predicate(parent, kind, key)}{more}" for kind in parent.predicates}


def inherited_predicate(parent: ScopedTable, kind: ActorKind, key: str) -> str:
    """SQL: `{t}`'s column `key` names a row of `parent` that is visible to this kind of actor."""
    return f"EXISTS ({_visible_parent(parent, kind, key)})"


def predicate_of_one_parent(parent: ScopedTable, kind: ActorKind, key: str, condition: str) -> str:
    """SQL: `condition` holds, and `{t}`'s column `key` names a row of `parent` that is visible to this kind of actor.

    For rows that belong to one of many tables. Of such conditions, joined by OR, PostgreSQL would rather read each
    table whole beforehand; it looks up the one parent of each row because of the OFFSET.
    """
    return f"({condition} AND EXISTS ({_visible_parent(parent, kind, key)} OFFSET 0))"


def _visible_parent(parent: ScopedTable, kind: ActorKind, key: str) -> str:
    alias = f"the_{parent.table}"
    scope = parent.predicates[kind].replace("{t}", alias) if kind in parent.predicates else "FALSE"
    return f"SELECT 1 FROM {parent.table} {alias} WHERE {alias}.id = {{t}}.{key} AND ({scope})"


def remaining_predicate(source: ScopedTable, kind: ActorKind, parent: ScopedTable | None, on: str) -> str:
    """The part of a predicate that is still open for rows reached `on` the key of a parent visible to the actor."""
    scope, key = source.predicates.get(kind, NOTHING), JOIN_ON_KEY.fullmatch(on)
    if parent is None or key is None:
        return scope
    inherited = inherited_predicate(parent, kind, key[1])
    return EVERYTHING if scope == inherited else scope.removeprefix(f"{inherited} AND ")


def restrict_kinds(scopes: Mapping[ActorKind, str], kinds: Collection[ActorKind]) -> Mapping[ActorKind, str]:
    """Only these kinds keep their scope; all others see nothing."""
    return {kind: scope for kind, scope in scopes.items() if kind in kinds}
