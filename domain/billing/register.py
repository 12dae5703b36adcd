"""The register of document numbers as it is read: every number, every series, and every gap with its reason.

The views only read. `domain/verification/register.py` judges the same rows, so that nothing hides in a view.
"""

from enum import StrEnum

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

READERS = dict.fromkeys((ActorKind.FINANCE, ActorKind.ADMIN, ActorKind.CLOCK), EVERYTHING)


class GapReason(StrEnum):
    """Why numbers of a series are not there: another system gave them, or they were given and are lost."""

    BEFORE_START = "BEFORE_START"
    MISSING = "MISSING"


# The event that says who issued a document: its print, or the reversal that made a cancellation invoice.
ISSUE_EVENTS = "('invoice.print', 'invoice.reverse')"
REGISTER_VIEW = (
    f"""CREATE VIEW number_register AS
    SELECT d.invoice_id AS id, d.number, d.series, d.sequence, d.allocated_at, d.invoice_id,
        extract(year FROM i.issued_on)::int AS year, i.issued_on,
        coalesce(b.first_number, 1) AS first_sequence, e.actor_name AS allocated_by, e.actor_role,
        encode(s.hash, 'hex') AS seal
    FROM document_numbers d JOIN invoices i ON i.id = d.invoice_id
    LEFT JOIN series_starts b ON b.series = d.series
    LEFT JOIN seals s ON s.table_name = 'invoices' AND s.row_id = d.invoice_id::text
    LEFT JOIN LATERAL (SELECT e.actor_name, e.actor_role FROM events e WHERE e.subject_kind = 'invoice'
        AND e.subject_id = d.invoice_id AND e.name IN {ISSUE_EVENTS} AND e.body ? 'number'
        ORDER BY e.sequence LIMIT 1) e ON TRUE""",
    "DROP VIEW number_register",
)
SERIES_VIEW = (
    """CREATE VIEW register_series AS
    SELECT k.name, coalesce(b.first_number, 1) AS first_sequence, s.last_sequence, b.set_at, b.set_by,
        coalesce(n.numbers, 0) AS numbers,
        (SELECT extract(year FROM i.issued_on)::int FROM document_numbers d JOIN invoices i ON i.id = d.invoice_id
            WHERE d.series = k.name ORDER BY d.sequence DESC LIMIT 1) AS year,
        n.lowest, n.highest
    FROM (SELECT n.key AS name FROM number_series n UNION SELECT p.series FROM series_starts p) k
    LEFT JOIN number_series s ON s.key = k.name LEFT JOIN series_starts b ON b.series = k.name
    LEFT JOIN (SELECT d.series, count(*)::int AS numbers, min(d.sequence) AS lowest, max(d.sequence) AS highest
        FROM document_numbers d GROUP BY d.series) n ON n.series = k.name""",
    "DROP VIEW register_series",
)
# What is left of a series when the numbers that are there are taken away: before its start, between two, at its end. A
# series that begins and ends where it should and has as many numbers as places is full, and is not put in order.
GAPS_VIEW = (
    """CREATE VIEW number_gaps AS
    WITH bounds AS (SELECT r.name AS series, r.first_sequence AS first, r.last_sequence AS last, r.highest,
            coalesce((r.lowest, r.highest, r.numbers)
                = (r.first_sequence, r.last_sequence, r.last_sequence - r.first_sequence + 1), false) AS is_full
        FROM register_series r),
    placed AS (SELECT b.series, d.sequence, d.earlier FROM bounds b, LATERAL (SELECT d.sequence,
            coalesce(lag(d.sequence) OVER (ORDER BY d.sequence), b.first - 1) AS earlier
            FROM document_numbers d WHERE d.series = b.series) d WHERE NOT b.is_full)
    SELECT b.series, 1 AS first_missing, b.first - 1 AS last_missing, 'BEFORE_START' AS reason FROM bounds b
        WHERE b.first > 1
    UNION ALL SELECT p.series, p.earlier + 1, p.sequence - 1, 'MISSING' FROM placed p WHERE p.sequence > p.earlier + 1
    UNION ALL SELECT b.series, coalesce(b.highest, b.first - 1) + 1, b.last, 'MISSING' FROM bounds b
        WHERE b.last > coalesce(b.highest, b.first - 1)""",
    "DROP VIEW number_gaps",
)
STATEMENTS = (REGISTER_VIEW, SERIES_VIEW, GAPS_VIEW)

REGISTER_SCOPE = ScopedTable(name="number_register", table="number_register", predicates=READERS)
SERIES_SCOPE = ScopedTable(name="register_series", table="register_series", predicates=READERS)
GAPS_SCOPE = ScopedTable(name="number_gaps", table="number_gaps", predicates=READERS)
