"""Accounts as the registry knows them."""

from domain.accounts.sessions import end_expired_sessions
from domain.engine.noun import Noun
from domain.engine.retention import cleanup
from domain.kernel.actors import Role

HOLDERS = "SELECT a.id, NULL::uuid, NULL::uuid FROM accounts a WHERE a.is_active AND '{role}' = ANY(a.roles)"

NOUN = Noun(
    default_recipients={role: HOLDERS.format(role=role) for role in (Role.FINANCE, Role.ADMIN)},
    cleanups=(
        end_expired_sessions,
        cleanup("api_tokens", "expires_at < clock_timestamp()"),
        # An expired link still explains itself to its reader for a while.
        cleanup("links", "expires_at < clock_timestamp() - interval '90 days'"),
    ),
)
