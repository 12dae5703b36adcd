"""Typed errors of the operations schema, which carry more details than those of the portal."""

from collections.abc import Iterable
from datetime import datetime

import strawberry

from domain.kernel.errors import Code, Refusal
from schema.shared.errors import SHARED_ERROR_TYPES, ErrorContext, UserError, common_attributes, shared_error


@strawberry.type(description="Not possible from where the object stands.")
class IllegalTransition(UserError):
    """Not possible from where the object stands."""

    from_: str | None = strawberry.field(name="from", description="Where the object stands.")
    allowed_from: list[str] = strawberry.field(description="Where it would have to stand.")
    open_actions: list[str] = strawberry.field(description="The mutations that this viewer can make now.")


@strawberry.type(description="The object has changed since the expected version.")
class StaleVersion(UserError):
    """The object has changed since the expected version."""

    current_version: int = strawberry.field(description="The version it has now.")
    changed_by: str | None = strawberry.field(description="Who changed it last.")
    changed_at: datetime | None = strawberry.field(description="When that was.")


ERROR_TYPES = (IllegalTransition, StaleVersion, *SHARED_ERROR_TYPES.values())


def to_error(refusal: Refusal, context: ErrorContext) -> UserError:
    """One refusal as its typed error."""
    params = refusal.params
    if refusal.code is Code.ILLEGAL_TRANSITION:
        return IllegalTransition(
            from_=_text(params.get("from")),
            allowed_from=[str(state) for state in _several(params.get("allowed_from"))],
            open_actions=list(context.open_actions),
            **common_attributes(refusal, context),
        )
    if refusal.code is Code.STALE_VERSION:
        changed_at = params.get("changed_at")
        return StaleVersion(
            current_version=int(str(params["version"])),
            changed_by=_text(params.get("changed_by")),
            changed_at=changed_at if isinstance(changed_at, datetime) else None,
            **common_attributes(refusal, context),
        )
    return shared_error(refusal, context)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _several(value: object) -> Iterable[object]:
    return value if isinstance(value, (tuple, list)) else ()
