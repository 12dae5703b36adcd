"""Search of texts by any part of them, with indexes that every PostgreSQL has.

An index holds, for each word, the word and all of its endings: a part of a word is then the beginning of an entry. What
the index finds is compared with the text once more, so that a search finds the text as it stands. The words of a list
stand in a search table (`domain.search_tables`).
"""

from domain.database import ddl

SEARCH_TERMS = (
    r"""CREATE FUNCTION search_terms(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000 AS
    $$ SELECT coalesce(array_to_tsvector(array_agg(DISTINCT substr(word, first, 60))), ''::tsvector)
       FROM regexp_split_to_table(lower($1), '[^[:alnum:]]+') AS word, generate_series(1, length(word)) AS first $$""",
    "DROP FUNCTION search_terms(text)",
)
# A text without any word restricts nothing here; the comparison that follows does.
SEARCH_QUERY = (
    r"""CREATE FUNCTION search_query(text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT coalesce(string_agg('''' || left(word, 60) || ''':*', ' & '), '!''-''')::tsquery
       FROM regexp_split_to_table(lower($1), '[^[:alnum:]]+') AS word WHERE word <> '' $$""",
    "DROP FUNCTION search_query(text)",
)
ORDER_SEARCH = (
    """CREATE TABLE order_search (order_id uuid PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
        terms tsvector NOT NULL)""",
    "DROP TABLE order_search",
)
ORDER_TERMS = "search_terms({o}.number || ' ' || {o}.project)"
FILL_ORDER_SEARCH = (
    f"INSERT INTO order_search SELECT o.id, {ORDER_TERMS.format(o='o')} FROM orders o",
    "DELETE FROM order_search",
)
WRITE_ORDER_SEARCH = (
    f"""CREATE FUNCTION write_order_search() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO order_search VALUES (NEW.id, {ORDER_TERMS.format(o="NEW")})
        ON CONFLICT (order_id) DO UPDATE SET terms = excluded.terms;
        RETURN NULL;
    END $$""",
    "DROP FUNCTION write_order_search()",
)
ORDER_SEARCH_TRIGGER = (
    """CREATE TRIGGER orders_write_search AFTER INSERT OR UPDATE OF number, project ON orders
    FOR EACH ROW EXECUTE FUNCTION write_order_search()""",
    "DROP TRIGGER orders_write_search ON orders",
)

CUSTOMER_TEXT = "({t}.legal_name || ' ' || {t}.postcode || ' ' || {t}.city)"
MEMBER_TEXT = "({t}.name || ' ' || {t}.number)"
ACCOUNT_TEXT = "({t}.name || ' ' || {t}.email)"
INVOICE_TEXT = "coalesce({t}.number, {t}.provisional_number)"
BANK_TRANSACTION_TEXT = "({t}.counterparty_name || ' ' || {t}.reference || ' ' || {t}.counterparty_iban)"
CLAIM_TEXT = "({t}.purpose || ' ' || {t}.end_to_end_id)"
OPENING_TEXT = "coalesce({t}.opening_number, '')"
# The indexes that migrations made of these texts, before there were search tables.
TEXTS = {"customers": CUSTOMER_TEXT, "members": MEMBER_TEXT, "accounts": ACCOUNT_TEXT, "invoices": INVOICE_TEXT}
MONEY_TEXTS = {"bank_transactions": BANK_TRANSACTION_TEXT, "claims": CLAIM_TEXT, "receivables": OPENING_TEXT}


def index_of(table: str) -> tuple[str, str]:
    """The index of the texts of a table."""
    text = (TEXTS | MONEY_TEXTS)[table].replace("{t}.", "")
    return ddl.index(f"{table}_search", f"{table} USING gin (search_terms({text}))")


ORDER_STATEMENTS = (
    ORDER_SEARCH,
    FILL_ORDER_SEARCH,
    ddl.index("order_search_terms", "order_search USING gin (terms)"),
    WRITE_ORDER_SEARCH,
    ORDER_SEARCH_TRIGGER,
)
STATEMENTS = (
    SEARCH_TERMS,
    SEARCH_QUERY,
    *ORDER_STATEMENTS,
    *(index_of(table) for table in TEXTS),
)
MONEY_STATEMENTS = tuple(index_of(table) for table in MONEY_TEXTS)

# Every statement that searches calls it; such statements are planned for the very words they search for.
SEARCH_CALL = "search_query("
