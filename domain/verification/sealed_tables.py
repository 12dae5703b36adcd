"""The final rows outside the event chains: the database seals each with a hash as it is written."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SealedTable:
    """A table whose rows are sealed. `contents` are the columns that never change, over `{t}`.

    A row is sealed when it is inserted or, with `sealed_when`, once that condition holds for it.
    """

    name: str
    contents: tuple[str, ...]
    key: str = "id"
    key_type: str = "uuid"
    sealed_when: str = ""

    def text_of(self, alias: str) -> str:
        """SQL: the text that is hashed."""
        columns = ", ".join(column.format(t=alias) for column in self.contents)
        return f"json_build_array({columns})::text"

    def hash_of(self, alias: str) -> str:
        """SQL: the hash of a row."""
        return f"sha256(convert_to({self.text_of(alias)}, 'UTF8'))"

    def key_of(self, alias: str) -> str:
        """SQL: what identifies a row, as text."""
        return f"{alias}.{self.key}::text"


# Instants as numbers, for their text depends on the zone of the session.
FIRST_SEALED = (
    SealedTable(
        name="audit",
        contents=("{t}.id", "extract(epoch FROM {t}.at)", "{t}.account_id", "{t}.action", "{t}.detail"),
    ),
    SealedTable(
        name="chain_anchors", key="day", key_type="date", contents=("{t}.day", "encode({t}.hash, 'hex')", "{t}.heads")
    ),
    SealedTable(
        name="offer_revisions",
        contents=("{t}.id", "{t}.order_id", "{t}.revision", "{t}.content", "extract(epoch FROM {t}.created_at)"),
    ),
    SealedTable(
        name="delivery_versions",
        contents=(
            "{t}.id",
            "{t}.delivery_id",
            "{t}.number",
            "{t}.description",
            "{t}.link",
            "extract(epoch FROM {t}.submitted_at)",
        ),
    ),
    SealedTable(
        name="document_numbers",
        key="number",
        key_type="varchar",
        contents=("{t}.number", "{t}.series", "{t}.sequence", "{t}.invoice_id", "extract(epoch FROM {t}.allocated_at)"),
    ),
    SealedTable(
        name="invoices",
        contents=("{t}.id", "{t}.number", "{t}.issued_on", "{t}.due_on", "{t}.snapshot"),
        sealed_when="{t}.number IS NOT NULL",
    ),
)
INVOICE_DOCUMENTS = SealedTable(
    name="invoice_documents",
    contents=(
        "{t}.id",
        "{t}.invoice_id",
        "{t}.kind",
        "{t}.key",
        "{t}.sha256",
        "{t}.size",
        "extract(epoch FROM {t}.created_at)",
    ),
)
ACCEPTANCE_RECORDS = SealedTable(
    name="acceptance_records",
    contents=(
        "{t}.id",
        "{t}.delivery_id",
        "{t}.version_number",
        "extract(epoch FROM {t}.accepted_at)",
        "{t}.accepted_by",
        "{t}.person",
        "{t}.rating",
        "{t}.contents",
        "extract(epoch FROM {t}.created_at)",
    ),
)
ACCEPTANCE_DOCUMENTS = SealedTable(
    name="acceptance_documents",
    contents=("{t}.id", "{t}.record_id", "{t}.key", "{t}.sha256", "{t}.size", "extract(epoch FROM {t}.created_at)"),
)
SUPPLEMENTS = SealedTable(
    name="supplements",
    contents=(
        "{t}.id",
        "{t}.order_id",
        "{t}.line_id",
        "{t}.currency",
        "{t}.invoice_on",
        "{t}.service_from",
        "{t}.service_to",
        "{t}.text",
        "{t}.quantity",
        "{t}.unit_price_cents",
        "{t}.vat_category",
        "{t}.vat_rate",
        "{t}.net_cents",
        "{t}.vat_cents",
        "{t}.withdrawal",
        "extract(epoch FROM {t}.offered_at)",
        "{t}.status",
        "extract(epoch FROM {t}.answered_at)",
        "{t}.answered_by",
        "{t}.decline_reason",
    ),
    sealed_when="{t}.answered_at IS NOT NULL",
)
SEALED_TABLES = (*FIRST_SEALED, INVOICE_DOCUMENTS, ACCEPTANCE_RECORDS, ACCEPTANCE_DOCUMENTS, SUPPLEMENTS)

FILL = """INSERT INTO seals (id, table_name, row_id, hash, sealed_at)
    SELECT uuidv7(), '{name}', {key}, {hash}, clock_timestamp() FROM {rows} AS r{condition}
    ON CONFLICT (table_name, row_id) DO NOTHING"""
# The owner writes seals and heads: the role of the application may not.
FUNCTION = """CREATE FUNCTION seal_{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ BEGIN {fill}; RETURN NULL; END $$"""
OF_SETS = """CREATE TRIGGER {name}_seal AFTER INSERT ON {name} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION seal_{name}()"""
WHEN_INSERTED = """CREATE TRIGGER {name}_seal_inserted AFTER INSERT ON {name}
    FOR EACH ROW WHEN ({new}) EXECUTE FUNCTION seal_{name}()"""
WHEN_UPDATED = """CREATE TRIGGER {name}_seal_updated AFTER UPDATE ON {name}
    FOR EACH ROW WHEN ({new} AND NOT ({old})) EXECUTE FUNCTION seal_{name}()"""

KEEP_HEADS = (
    """CREATE FUNCTION keep_chain_heads() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ BEGIN
        INSERT INTO chain_heads AS h (id, subject_kind, subject_id, sequence, hash)
        SELECT DISTINCT ON (n.subject_kind, n.subject_id) uuidv7(), n.subject_kind, n.subject_id, n.sequence, n.hash
        FROM new_events n ORDER BY n.subject_kind, n.subject_id, n.sequence DESC
        ON CONFLICT (subject_kind, subject_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash;
        RETURN NULL;
    END $$""",
    "DROP FUNCTION keep_chain_heads()",
)
HEADS_TRIGGER = (
    """CREATE TRIGGER events_heads AFTER INSERT ON events REFERENCING NEW TABLE AS new_events
    FOR EACH STATEMENT EXECUTE FUNCTION keep_chain_heads()""",
    "DROP TRIGGER events_heads ON events",
)
HEADS_OF_BEFORE = (
    """INSERT INTO chain_heads (id, subject_kind, subject_id, sequence, hash)
    SELECT DISTINCT ON (subject_kind, subject_id) uuidv7(), subject_kind, subject_id, sequence, hash
    FROM events ORDER BY subject_kind, subject_id, sequence DESC""",
    "SELECT 1",
)


def statements() -> Iterator[tuple[str, str]]:
    """What a migration runs: heads and seals of what exists, and the triggers that keep both."""
    yield from (HEADS_OF_BEFORE, KEEP_HEADS, HEADS_TRIGGER)
    for table in FIRST_SEALED:
        yield from statements_of(table)


def statements_of(table: SealedTable) -> Iterator[tuple[str, str]]:
    """What a migration runs for one table: the seals of what exists, and the triggers that seal what comes."""
    name, condition = table.name, table.sealed_when.format(t="r")
    where = f" WHERE {condition}" if condition else ""
    parts = {"name": name, "key": table.key_of("r"), "hash": table.hash_of("r")}
    yield FILL.format(**parts, rows=name, condition=where), "SELECT 1"
    rows = "(SELECT NEW.*)" if condition else "new_rows"
    function = FUNCTION.format(name=name, fill=FILL.format(**parts, rows=rows, condition=""))
    yield function, f"DROP FUNCTION seal_{name}()"
    if not condition:
        yield OF_SETS.format(name=name), f"DROP TRIGGER {name}_seal ON {name}"
        return
    conditions = {"name": name, "new": table.sealed_when.format(t="NEW"), "old": table.sealed_when.format(t="OLD")}
    yield WHEN_INSERTED.format(**conditions), f"DROP TRIGGER {name}_seal_inserted ON {name}"
    yield WHEN_UPDATED.format(**conditions), f"DROP TRIGGER {name}_seal_updated ON {name}"
