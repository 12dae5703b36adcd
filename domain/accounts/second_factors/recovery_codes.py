"""Recovery codes: ten at a time, each replaces a lost factor once. Only their hashes are stored."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.authentication.bearer_secrets import digest
from domain.kernel.ids import new_id

COUNT = 10
# Without letters and digits that look alike. Sixteen of 31 are 79 random bits, too many to be guessed from a hash.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH, GROUP = 16, 4
DELETE_ALL = "DELETE FROM recovery_codes WHERE account_id = $1"
INSERT = "INSERT INTO recovery_codes (id, account_id, code_hash) SELECT unnest($1::uuid[]), $2, unnest($3::text[])"
USE = "DELETE FROM recovery_codes WHERE account_id = $1 AND code_hash = $2 RETURNING id"
COUNT_LEFT = "SELECT count(*) AS left FROM recovery_codes WHERE account_id = $1"


async def renew(connection: BaseDBAsyncClient, account_id: UUID) -> Sequence[str]:
    """Replace all codes of an account by ten new ones and return them; they are stored nowhere."""
    codes = [new_code() for _ in range(COUNT)]
    await connection.execute_query(DELETE_ALL, [account_id])
    values: list[object] = [[new_id() for _ in codes], account_id, [_hash(code) for code in codes]]
    await connection.execute_query(INSERT, values)
    return codes


async def use(connection: BaseDBAsyncClient, account_id: UUID, code: str) -> bool:
    """Use up a code; return whether the account had it."""
    return bool(await connection.execute_query_dict(USE, [account_id, _hash(code)]))


async def count_left(connection: BaseDBAsyncClient, account_id: UUID) -> int:
    """How many codes the account has left."""
    rows = await connection.execute_query_dict(COUNT_LEFT, [account_id])
    return int(rows[0]["left"])


async def remove_all(connection: BaseDBAsyncClient, account_id: UUID) -> None:
    """Remove all codes of an account."""
    await connection.execute_query(DELETE_ALL, [account_id])


def new_code() -> str:
    """A code in groups of four: `abcd-efgh-jkmn-pqrs`."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def looks_like_code(text: str) -> bool:
    """Whether a text has as many characters as a recovery code."""
    return len(_plain(text)) == LENGTH


def _plain(code: str) -> str:
    return "".join(filter(str.isalnum, code[:200].lower()))


def _hash(code: str) -> str:
    return digest(_plain(code))
