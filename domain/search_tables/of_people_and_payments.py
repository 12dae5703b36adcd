"""The words by which lists of customers, members, accounts, bank transactions and claims find their rows."""

from domain.search_tables.search_table import SearchTable
from domain.search_tables.text_origins import member, own
from domain.text_search import ACCOUNT_TEXT, BANK_TRANSACTION_TEXT, CLAIM_TEXT, CUSTOMER_TEXT, MEMBER_TEXT

CUSTOMER_SEARCH = SearchTable(
    name="customer_search",
    key="customer_id",
    table="customers",
    text=CUSTOMER_TEXT.format(t="t"),
    origins=own("customers", "legal_name", "postcode", "city"),
)
MEMBER_SEARCH = SearchTable(
    name="member_search",
    key="member_id",
    table="members",
    text=MEMBER_TEXT.format(t="t"),
    origins=own("members", "name", "number"),
)
ACCOUNT_SEARCH = SearchTable(
    name="account_search",
    key="account_id",
    table="accounts",
    text=ACCOUNT_TEXT.format(t="t"),
    origins=own("accounts", "name", "email"),
)
BANK_TRANSACTION_SEARCH = SearchTable(
    name="bank_transaction_search",
    key="bank_transaction_id",
    table="bank_transactions",
    text=BANK_TRANSACTION_TEXT.format(t="t"),
    origins=own("bank_transactions", "counterparty_name", "reference", "counterparty_iban"),
)
CLAIM_SEARCH = SearchTable(
    name="claim_search",
    key="claim_id",
    table="claims",
    text=f"concat_ws(' ', {CLAIM_TEXT.format(t='t')}, {MEMBER_TEXT.format(t='m')})",
    joined="LEFT JOIN members m ON m.id = t.member_id",
    origins=(
        *own("claims", "purpose", "end_to_end_id"),
        member("SELECT c.id FROM changed JOIN claims c ON c.member_id = changed.id", "name", "number"),
    ),
)
SEARCH_TABLES = (CUSTOMER_SEARCH, MEMBER_SEARCH, ACCOUNT_SEARCH, BANK_TRANSACTION_SEARCH, CLAIM_SEARCH)
