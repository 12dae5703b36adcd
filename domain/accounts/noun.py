"""Accounts as the registry knows them."""

from domain.accounts.authentication.sessions import end_expired_sessions
from domain.accounts.consequences import CONSEQUENCES
from domain.accounts.first_setup import EXTENSION as FIRST_SETUP
from domain.accounts.lifecycle import ACCOUNTS
from domain.engine.noun import Noun
from domain.engine.retention import cleanup
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients

HOLDERS = "SELECT a.id, NULL::uuid, NULL::uuid FROM accounts a WHERE a.status = 'ACTIVE' AND '{role}' = ANY(a.roles)"

# Messages about an account go to the account itself, whatever its roles.
HOLDER = "SELECT {subject}, NULL::uuid, NULL::uuid"

NOUN = Noun(
    lifecycles=(ACCOUNTS,),
    extensions=(FIRST_SETUP,),
    consequences=CONSEQUENCES,
    recipients={"account": Recipients(queries={Role.ACCOUNT: HOLDER}, caretaker=Role.ADMIN)},
    default_recipients={role: HOLDERS.format(role=role) for role in (Role.FINANCE, Role.ADMIN)},
    cleanups=(
        end_expired_sessions,
        cleanup("api_tokens", "expires_at < clock_timestamp()"),
        cleanup("pending_sign_ins", "expires_at < clock_timestamp()"),
        cleanup("passkey_challenges", "expires_at < clock_timestamp()"),
        # An expired link still explains itself to its reader for a while.
        cleanup("links", "purpose <> 'STATUS' AND expires_at < clock_timestamp() - interval '90 days'"),
        # A status link that is not replaced yet can still ask for a new one.
        cleanup("links", "\"end\" = 'SUPERSEDED' AND expires_at < clock_timestamp() - interval '90 days'"),
    ),
)
