"""Errors as customers read them: they name no people and no internal states."""

import strawberry

from domain.kernel.errors import Code, Refusal
from schema.shared.errors import SHARED, Telling, UserError, common, shared_error


@strawberry.type(description="Not possible at this point.")
class IllegalTransition(UserError):
    """Not possible at this point."""

    open_actions: list[str] = strawberry.field(description="The mutations that this viewer can make now.")


@strawberry.type(description="The object has changed since the expected version.")
class StaleVersion(UserError):
    """The object has changed since the expected version."""

    current_version: int = strawberry.field(description="The version it has now.")


TYPES = (IllegalTransition, StaleVersion, *SHARED.values())


def error(refusal: Refusal, telling: Telling) -> UserError:
    """One refusal as its typed error."""
    if refusal.code is Code.ILLEGAL_TRANSITION:
        return IllegalTransition(open_actions=list(telling.open_actions), **common(refusal, telling))
    if refusal.code is Code.STALE_VERSION:
        return StaleVersion(current_version=int(str(refusal.params["version"])), **common(refusal, telling))
    return shared_error(refusal, telling)
