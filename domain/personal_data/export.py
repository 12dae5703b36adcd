"""Export of everything that is stored about a person (articles 15 and 20 GDPR); every export is audited."""

import json
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.database.audit import audit
from domain.kernel.actors import Role
from domain.kernel.errors import not_found
from domain.personal_data.statement import EVERYTHING, SECTIONS

Document = dict[str, Any]
OF_ACCOUNT = """SELECT a.id AS account_id, ARRAY(SELECT k.id FROM contacts k WHERE k.account_id = a.id) AS contact_ids
    FROM accounts a WHERE a.id = $1"""
# Several contacts of one account are one person.
OF_CONTACT = """SELECT t.account_id, ARRAY(SELECT k.id FROM contacts k
        WHERE k.id = t.id OR k.account_id = t.account_id) AS contact_ids
    FROM contacts t WHERE t.id = $1"""


async def export_own(account: AuthenticatedAccount) -> Document:
    """Everything about the person who is signed in."""
    return await _export(account, OF_ACCOUNT, account.account_id)


async def export_account(administrator: AuthenticatedAccount, account_id: UUID) -> Document:
    """Everything about an account's person, for administrators; refused as not found to all others."""
    _require_administrator(administrator)
    return await _export(administrator, OF_ACCOUNT, account_id)


async def export_contact(administrator: AuthenticatedAccount, contact_id: UUID) -> Document:
    """Everything about a contact, with the account they sign in with; for administrators only."""
    _require_administrator(administrator)
    return await _export(administrator, OF_CONTACT, contact_id)


async def _export(account: AuthenticatedAccount, person: str, subject_id: UUID) -> Document:
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(person, [subject_id])
        if not rows:
            raise not_found()
        return await _read(connection, account, rows[0]["account_id"], rows[0]["contact_ids"])


async def _read(
    connection: BaseDBAsyncClient, by: AuthenticatedAccount, account_id: UUID | None, contact_ids: list[UUID]
) -> Document:
    detail = {"account": account_id, "contacts": contact_ids}
    (row,) = await connection.execute_query_dict(EVERYTHING, [account_id, contact_ids])
    await audit(connection, "account.exportData", by.account_id, detail)
    read = json.loads(row["document"])
    return {name: read[name] for name in SECTIONS}


def _require_administrator(account: AuthenticatedAccount) -> None:
    if account.actor.role is not Role.ADMIN:
        raise not_found()
