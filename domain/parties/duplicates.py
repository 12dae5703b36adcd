"""Customers that may be the same: equal VAT identification numbers, or equal names and postcodes.

The database computes what is compared, `vat_key` and `name_key`. Only employees who see all orders read this: members
must not learn whom others work with.
"""

KEYS = ("vat_key", "name_key")
# The expressions of these two columns, for rows that are no customers yet.
VAT_KEY = "nullif(upper(regexp_replace({t}.vat_id, '[^0-9A-Za-z]', '', 'g')), '')"
NAME_KEY = """lower(regexp_replace(btrim({t}.legal_name), '\\s+', ' ', 'g')) || '|'
    || upper(regexp_replace({t}.postcode, '\\s', '', 'g'))"""


def may_be_same(one: str, other: str) -> str:
    """SQL: two rows of customers may be the same, and it was not decided that they are not."""
    equal = " OR ".join(f"{other}.{key} = {one}.{key}" for key in KEYS)
    return f"({equal}) AND {_undecided(one, other)}"


def has_possible_duplicate(one: str) -> str:
    """SQL: there is another customer that may be the same; for a single row."""
    return f"EXISTS (SELECT 1 FROM customers twin WHERE {may_be_same(one, 'twin')})"


def is_possible_duplicate(one: str) -> str:
    """SQL: the same as `has_possible_duplicate`, for lists: all pairs are found once."""
    pairs = [
        f"SELECT a.id FROM customers a JOIN customers b ON b.{key} = a.{key} WHERE {_undecided('a', 'b')}"
        for key in KEYS
    ]
    return f"({one}.id = ANY(ARRAY({' UNION '.join(pairs)})))"


def _undecided(one: str, other: str) -> str:
    return f"""{other}.id <> {one}.id AND {other}.status <> 'MERGED' AND {one}.status <> 'MERGED'
        AND NOT EXISTS (SELECT 1 FROM distinct_customers k WHERE k.customer_id = least({one}.id, {other}.id)
            AND k.other_id = greatest({one}.id, {other}.id))"""
