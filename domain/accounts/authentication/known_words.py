"""The names and addresses around an account, which its password must not be made of."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.transactions import in_transaction

SELECT_KNOWN = """
SELECT account.email, account.name, operator.name_de, operator.name_en
FROM accounts account LEFT JOIN operator_settings operator ON TRUE WHERE account.id = $1"""


async def known_words(account_id: UUID) -> Sequence[str]:
    """The account's address and name, and the operator's names."""
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(SELECT_KNOWN, [account_id])
    return [text for row in rows for text in row.values() if text]
