"""Typed errors of the portal schema; they name no people and no internal statuses."""

import strawberry

from domain.kernel.errors import Code, Refusal
from schema.shared.errors import SHARED_ERROR_TYPES, ErrorContext, UserError, common_attributes, shared_error


@strawberry.type(description="Not possible at this point.")
class IllegalTransition(UserError):
    """Not possible at this point."""

    open_actions: list[str] = strawberry.field(description="The mutations that this viewer can make now.")


@strawberry.type(description="The object has changed since the expected version.")
class StaleVersion(UserError):
    """The object has changed since the expected version."""

    current_version: int = strawberry.field(description="The version it has now.")


ERROR_TYPES = (IllegalTransition, StaleVersion, *SHARED_ERROR_TYPES.values())


def to_error(refusal: Refusal, context: ErrorContext) -> UserError:
    """One refusal as its typed error."""
    if refusal.code is Code.ILLEGAL_TRANSITION:
        return IllegalTransition(open_actions=list(context.open_actions), **common_attributes(refusal, context))
    if refusal.code is Code.STALE_VERSION:
        return StaleVersion(current_version=int(str(refusal.params["version"])), **common_attributes(refusal, context))
    return shared_error(refusal, context)
