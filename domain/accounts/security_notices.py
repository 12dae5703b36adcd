"""Changes of an account's security: each is audited, and its owner is told by mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.authentication.clients import Client
from domain.database.audit import audit
from domain.database.pools import read_sessions

# The message is about a row of the audit trail, by whose action it is named.
SUBJECT_KIND = "securityNotice"
NOTICES = frozenset(
    {
        "account.addTotp",
        "account.removeTotp",
        "account.addPasskey",
        "account.removePasskey",
        "account.renewRecoveryCodes",
        "account.useRecoveryCode",
        "account.resetSecondFactors",
        "account.issueToken",
    }
)
ENQUEUE = """
INSERT INTO outbox (id, name, recipient_role, account_id, subject_kind, subject_id, state, attempts, next_attempt_at,
        created_at)
SELECT uuidv7(), $1, a.roles[1], a.id, $2, $3, 'PENDING', 0, clock_timestamp(), app_now()
FROM accounts a WHERE a.id = $4 AND a.status = 'ACTIVE' AND cardinality(a.roles) > 0"""
SELECT = """SELECT at, detail ->> 'name' AS name, detail ->> 'device' AS device, detail ->> 'network' AS network,
    detail ->> 'left' AS codes_left FROM audit WHERE id = $1"""


@dataclass(frozen=True, kw_only=True)
class SecurityChange:
    """One change: its action, the account it is about, and who made it from where.

    `made_by` is the acting account when it is another one. `name` is that of the passkey or token.
    """

    action: str
    account_id: UUID
    client: Client
    name: str = ""
    made_by: UUID | None = None
    more: Mapping[str, object] | None = None


async def record_change(connection: BaseDBAsyncClient, change: SecurityChange) -> None:
    """Audit a change and write the mail to its account, within the caller's transaction."""
    detail = {
        "account": change.account_id,
        "name": change.name or None,
        "device": change.client.device or None,
        "network": change.client.network or None,
        **(change.more or {}),
    }
    audit_id = await audit(connection, change.action, change.made_by or change.account_id, detail)
    await connection.execute_query(ENQUEUE, [change.action, SUBJECT_KIND, audit_id, change.account_id])


async def load_notice(audit_id: UUID) -> Mapping[str, object] | None:
    """What a notice tells: `at`, `name`, `device`, `network` and `codes_left`; nothing when it is gone."""
    row = await read_sessions().fetchrow(SELECT, audit_id)
    return dict(row) if row else None
