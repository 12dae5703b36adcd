"""Bearer tokens for integrations: issued, stored as their hash only, revoked all at once."""

from datetime import timedelta

from tortoise.transactions import in_transaction

from domain.accounts.bearer_secrets import digest, new_secret
from domain.database.audit import audit
from domain.kernel.errors import not_found
from domain.kernel.ids import new_id

LIFETIME = timedelta(days=365)
SELECT_OWNER = """
SELECT id, roles[1] AS role FROM accounts
WHERE lower(email) = lower($1) AND is_active AND cardinality(roles) > 0"""
ISSUE = """
INSERT INTO api_tokens (id, account_id, secret_hash, active_role, label, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + $6::interval)"""
REVOKE = """DELETE FROM api_tokens t USING accounts a WHERE a.id = t.account_id AND lower(a.email) = lower($1)
    RETURNING t.id, t.account_id"""


async def issue_token(email: str, *, label: str = "werkstand token", lifetime: timedelta = LIFETIME) -> str:
    """Issue a bearer token that acts in the account's first role and return it; only its hash is kept.

    Refused as not found when no active account has this address.
    """
    secret = new_secret()
    async with in_transaction() as connection:
        owners = await connection.execute_query_dict(SELECT_OWNER, [email.strip()])
        if not owners:
            raise not_found()
        token_id, account_id = new_id(), owners[0]["id"]
        values: list[object] = [token_id, account_id, digest(secret), owners[0]["role"], label, lifetime]
        await connection.execute_query(ISSUE, values)
        await audit(connection, "account.issueToken", account_id, {"token": token_id, "label": label})
    return secret


async def revoke_tokens(email: str) -> int:
    """End every bearer token of the account with this address at once; return how many there were."""
    async with in_transaction() as connection:
        revoked = await connection.execute_query_dict(REVOKE, [email.strip()])
        for each in revoked:
            await audit(connection, "account.revokeToken", each["account_id"], {"token": each["id"]})
    return len(revoked)
