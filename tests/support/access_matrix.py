"""The access matrix that is written by hand, and its verdict on what the system did."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from domain.kernel.actors import ActorKind, Role
from domain.kernel.errors import Code, Refusal

FOLDER = Path(__file__).parents[1] / "security"
NOT_POSSIBLE = {Code.ILLEGAL_TRANSITION, Code.FORBIDDEN, Code.DEADLINE_PASSED}
Access = Mapping[Role, str]


@cache
def _loaded(name: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def matrix() -> Mapping[str, tuple[str | None, Access]]:
    """For each event, the noun whose row is looked at if it is named, and the states by role."""
    return {
        f"{noun}.{move}": (entry.get("on"), _with_administrators(entry))
        for noun, moves in _loaded("access_matrix").items()
        for move, entry in moves.items()
    }


def guarded() -> Mapping[str, Access]:
    """For each event, the states by role that a guard refuses."""
    return {event: _with_administrators(entry) for event, entry in _loaded("access_limits")["guarded"].items()}


def is_hidden(row: str, role: Role) -> bool:
    """Whether the row, like `order DRAFT`, does not exist for a role."""
    return role in _of(row, _loaded("access_limits")["hidden"])


def is_shared(row: str, kind: ActorKind) -> bool:
    """Whether a kind of actor sees the row without anything to do with it."""
    return kind in _of(row, _loaded("access_limits")["shared"])


def verdict(row: str, event: str, role: Role, refusals: Iterable[Refusal], *, is_seen: bool = False) -> str | None:
    """What the matrix says against what happened to a row that is seen or hidden; nothing when they agree.

    With `is_seen` the actor sees the row although their role usually does not.
    """
    codes, state = {refusal.code for refusal in refusals}, row.split()[1]
    found = f"{role} {event} of {row}: {', '.join(sorted(codes)) or 'done'}"
    if not is_seen and is_hidden(row, role):
        return None if codes == {Code.NOT_FOUND} else f"{found}, but the row is hidden"
    if Code.NOT_FOUND in codes:
        return f"{found}, but the row is seen"
    if _names(matrix()[event][1].get(role, ""), state):
        return f"{found}, but it is allowed" if {Code.ILLEGAL_TRANSITION, Code.FORBIDDEN} & codes else None
    if _names(guarded().get(event, {}).get(role, ""), state):
        return None if codes == {Code.GUARD_FAILED} else f"{found}, but a guard refuses it"
    if role in matrix()[event][1] and state == _loaded("access_limits")["repeatable"].get(event) and not codes:
        return None
    return None if codes and codes <= NOT_POSSIBLE else f"{found}, but it is not allowed"


def _with_administrators(entry: Mapping[str, str]) -> Access:
    """ADMIN makes the moves of STAFF and FINANCE."""
    access = {Role(role): states for role, states in entry.items() if role != "on"}
    inherited = {states for role, states in access.items() if role in (Role.STAFF, Role.FINANCE)}
    return {Role.ADMIN: " ".join(sorted(inherited)), **access} if inherited else access


def _names(states: str, state: str) -> bool:
    return bool({"any", state} & set(states.split()))


def _of(row: str, table: Mapping[str, str]) -> list[str]:
    """The entry of the row's full name, of its noun and state, or of its noun."""
    noun, state, *_ = row.split()
    return next((table[key] for key in (row, f"{noun} {state}", noun) if key in table), "").split()
