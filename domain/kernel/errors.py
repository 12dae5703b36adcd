"""Refusals: the reasons why something is not possible, one value for open actions, commands and messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Code(StrEnum):
    """The kinds of refusal; each is a type of its own in the API."""

    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    FORBIDDEN = "FORBIDDEN"
    GUARD_FAILED = "GUARD_FAILED"
    DEADLINE_PASSED = "DEADLINE_PASSED"
    STALE_VERSION = "STALE_VERSION"
    VALIDATION_FAILED = "VALIDATION_FAILED"
    NOT_FOUND = "NOT_FOUND"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"


@dataclass(frozen=True)
class Refusal:
    """One reason why a move cannot be made.

    `reason` is a key below `reason.` in the catalogue of translations, `params` fill its sentence, `path` names the
    input field it speaks of. The remedy is the sentence of the same key below `remedy.`, where there is one.
    """

    code: Code
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    due_at: datetime | None = None


class Refused(Exception):
    """A move, a command or a read was refused; nothing was written."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(f"{refusal.code}:{refusal.reason}" for refusal in refusals))
        self.refusals = refusals


def guard_failed(reason: str, **params: object) -> Refusal:
    """A rule of the business does not hold at this moment."""
    return Refusal(Code.GUARD_FAILED, reason, params)


def invalid(reason: str, *path: str, **params: object) -> Refusal:
    """The input itself cannot be right; `path` names the field."""
    return Refusal(Code.VALIDATION_FAILED, reason, params, path)


def deadline_passed(reason: str, due_at: datetime) -> Refusal:
    """The instant until which this was possible has passed."""
    return Refusal(Code.DEADLINE_PASSED, reason, {"due_at": due_at}, due_at=due_at)


def not_found() -> Refused:
    """Absent and forbidden look alike."""
    return Refused(Refusal(Code.NOT_FOUND, "not_found"))


def raise_refusals(refused: Mapping[UUID, tuple[Refusal, ...]]) -> None:
    """Raise `Refused` when the only row of a change of many rows was refused."""
    for refusals in refused.values():
        raise Refused(*refusals)
