"""The check of the register of document numbers: consecutive from each series' start, each with its document."""

import asyncpg

from domain.verification.findings import Report

NUMBERS = """
WITH bounds AS (SELECT s.key AS series, coalesce(b.first_number, 1) AS first, s.last_sequence AS last
    FROM number_series s LEFT JOIN series_starts b ON b.series = s.key),
placed AS (SELECT d.number, d.series, d.sequence, d.invoice_id, b.first, b.last,
        lag(d.sequence) OVER (PARTITION BY d.series ORDER BY d.sequence) AS earlier
    FROM document_numbers d LEFT JOIN bounds b ON b.series = d.series),
gaps AS (
    SELECT series, coalesce(earlier + 1, first) AS missing FROM placed WHERE sequence > coalesce(earlier + 1, first)
    UNION ALL SELECT b.series, coalesce((SELECT max(d.sequence) + 1 FROM document_numbers d WHERE d.series = b.series),
        b.first) FROM bounds b
    WHERE b.last > coalesce((SELECT max(d.sequence) FROM document_numbers d WHERE d.series = b.series), b.first - 1))
SELECT series || ' ' || missing AS row_id, series AS subject, 'NUMBER_MISSING' AS fault FROM gaps
UNION ALL SELECT number, series, 'NUMBER_TWICE' FROM placed WHERE sequence = earlier
UNION ALL SELECT number, series, 'NUMBER_BEYOND_SERIES' FROM placed
    WHERE (sequence BETWEEN first AND last) IS NOT TRUE
UNION ALL SELECT p.number, p.series, 'DOCUMENT_MISSING' FROM placed p
    LEFT JOIN invoices i ON i.id = p.invoice_id AND i.number = p.number AND i.snapshot ->> 'number' = p.number
    WHERE i.id IS NULL
UNION ALL SELECT i.id::text, i.number, 'NOT_IN_REGISTER' FROM invoices i WHERE i.number IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM document_numbers d WHERE d.number = i.number AND d.invoice_id = i.id)
ORDER BY 2, 1 LIMIT 1000"""
COUNT = "SELECT count(*) FROM document_numbers"


async def check_register(connection: asyncpg.Connection, report: Report) -> None:
    """Each number from the first to the last of its series is there once, and is that of one document."""
    report.documents += await connection.fetchval(COUNT)
    report.add("document_numbers", await connection.fetch(NUMBERS))
