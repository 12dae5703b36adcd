"""Refusals of the domain as typed errors, with sentences in the viewer's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import strawberry

from domain.imports.faults import placed_sentence
from domain.kernel import i18n
from domain.kernel.errors import Refusal
from schema.shared.camel_case import to_camel_case
from schema.shared.enums import Code


@strawberry.type
class ErrorFields:
    """The fields of every refusal that the API reports."""

    code: Code = strawberry.field(description="The kind of refusal.")
    reason: str = strawberry.field(description="Which rule refused, as a stable word.")
    message: str = strawberry.field(description="A sentence in the viewer's language.")
    remedy: str | None = strawberry.field(description="What helps, in the viewer's language, where something does.")
    path: list[str] = strawberry.field(description="The input field it speaks of, step by step; empty for none.")


@strawberry.interface(description="Why a mutation changed nothing. Its concrete type follows the code.")
class UserError(ErrorFields):
    """The reason why a mutation changed nothing."""


@strawberry.type(description="Never for this role, wherever the object stands.")
class Forbidden(UserError):
    """Never for this role, wherever the object stands."""


@strawberry.type(description="A rule of the business does not hold at this moment.")
class GuardFailed(UserError):
    """A business rule does not hold now."""


@strawberry.type(description="The instant until which this was possible has passed.")
class DeadlinePassed(UserError):
    """The instant until which this was possible has passed."""

    due_at: datetime | None = strawberry.field(description="That instant.")


@strawberry.type(description="The input cannot be right.")
class ValidationFailed(UserError):
    """The input cannot be right."""


@strawberry.type(description="It does not exist, or is not for this viewer; both look alike.")
class NotFound(UserError):
    """It does not exist, or is not for this viewer; both look alike."""


@strawberry.type(description="The idempotency key was used for something else.")
class IdempotencyConflict(UserError):
    """The idempotency key was used for something else."""


@strawberry.type(description="More than is allowed at once.")
class LimitExceeded(UserError):
    """More than is allowed at once."""


@dataclass(frozen=True, kw_only=True)
class ErrorContext:
    """The language and time zone of the sentences, and the mutations that are open to the viewer."""

    language: str
    zone: str
    open_actions: tuple[str, ...] = field(default=())


SHARED_ERROR_TYPES: Mapping[Code, type[UserError]] = {
    Code.FORBIDDEN: Forbidden,
    Code.GUARD_FAILED: GuardFailed,
    Code.DEADLINE_PASSED: DeadlinePassed,
    Code.VALIDATION_FAILED: ValidationFailed,
    Code.NOT_FOUND: NotFound,
    Code.IDEMPOTENCY_CONFLICT: IdempotencyConflict,
    Code.LIMIT_EXCEEDED: LimitExceeded,
}


# Refusals and the value that their sentences name, which not every reader is told.
NAMED = {"not_in_this_state": "from", "not_your_move": "roles"}


def common_attributes(refusal: Refusal, context: ErrorContext) -> dict[str, Any]:
    """The attributes of every error."""
    params, key = dict(refusal.params), _sentence_key(refusal)
    remedy = f"remedy.{key}"
    return {
        "code": refusal.code,
        "reason": refusal.reason,
        "message": placed_sentence(
            context.language, i18n.translate(context.language, f"reason.{key}", zone=context.zone, **params), params
        ),
        "remedy": i18n.translate(context.language, remedy, zone=context.zone, **params)
        if i18n.has_translation(context.language, remedy)
        else None,
        "path": [to_camel_case(step) for step in refusal.path],
    }


def _sentence_key(refusal: Refusal) -> str:
    """The key of its sentences: others where it does not say what the usual ones name, as to customers."""
    named = NAMED.get(refusal.reason)
    return f"{refusal.reason}_unnamed" if named and named not in refusal.params else refusal.reason


def shared_error(refusal: Refusal, context: ErrorContext) -> UserError:
    """An error of a type that both schemas have."""
    attributes = common_attributes(refusal, context)
    if refusal.code is Code.DEADLINE_PASSED:
        return DeadlinePassed(due_at=refusal.due_at, **attributes)
    return SHARED_ERROR_TYPES[refusal.code](**attributes)
