"""Effects of what administrators do to accounts: access is given, limited and taken away at once."""

from domain.access.mailed_links import end_all_links
from domain.accounts.authentication.api_tokens import end_all_tokens
from domain.accounts.authentication.sessions import end_all_sessions
from domain.accounts.facts import AccountFacts
from domain.accounts.model import AccountStatus
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values


async def deactivate(move: TransitionContext) -> None:
    """End every session, token and mailed link; what was to be mailed by such a link is no longer sent."""
    move.row.invitation_ends_at = move.row.pending_email = None
    await end_access(move)
    end_all_links(move.work.writes, move.row.id)


async def end_access(move: TransitionContext) -> None:
    """End every session and every bearer token of the account, and the address of its calendar."""
    move.row.calendar_feed_id = None
    await end_all_sessions(move.connection, move.row.id)
    await end_all_tokens(move.connection, move.row.id)


def state_after_reactivation(account: AccountFacts, context: EvaluationContext) -> AccountStatus:
    """An account that was never accepted waits for its invitation again."""
    return AccountStatus.ACTIVE if account.has_password else AccountStatus.INVITED


def set_roles(move: TransitionContext) -> None:
    """Replace the roles; those that stay keep their order, so that the account signs in as before."""
    kept = [role for role in move.row.roles if role in move.input.roles]
    move.event_body |= {"from_roles": [*move.row.roles]}
    move.row.roles = [*dict.fromkeys((*kept, *move.input.roles))]
    move.event_body |= {"to_roles": [*move.row.roles]}


def set_order_access(move: TransitionContext) -> None:
    move.event_body |= {"from_access": move.row.order_access, "to_access": move.input.order_access}
    move.row.order_access = move.input.order_access


def set_approval_limit(move: TransitionContext) -> None:
    """Set the limit that is given; null takes it away, and one that is left out stays."""
    before = move.row.approval_limit_cents
    for limit in given_values(move.input).values():
        move.row.approval_limit_cents = None if limit is None else int(limit * 100)
    move.event_body |= {"from_cents": before, "to_cents": move.row.approval_limit_cents}
