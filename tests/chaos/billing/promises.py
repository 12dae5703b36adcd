"""What must hold of invoices after all kills: each line once, numbers without gaps, each document stored once."""

from collections.abc import Mapping

from domain.files.object_store import ObjectStore
from tests.chaos.chains import broken_chains
from tests.chaos.connection import Administrator
from tests.chaos.proof import Findings

PROMISES: Mapping[str, str] = {
    "lines that are not on exactly one invoice": """SELECT l.id::text, count(i.id) FROM billable_lines l
        LEFT JOIN invoice_items x ON x.line_id = l.id
        LEFT JOIN invoices i ON i.id = x.invoice_id AND i.status <> 'CANCELED' AND i.id = l.invoice_id
        GROUP BY l.id HAVING count(i.id) <> 1""",
    "items beyond the lines": """SELECT x.line_id::text, count(*) FROM invoice_items x GROUP BY x.line_id
        HAVING count(*) > 1""",
    "invoices that are not posted": "SELECT id::text, status FROM invoices WHERE status <> 'POSTED'",
    "numbers with a gap": """SELECT d.series, count(*), max(d.sequence), s.last_sequence FROM document_numbers d
        JOIN number_series s ON s.key = d.series GROUP BY d.series, s.last_sequence
        HAVING count(*) <> max(d.sequence) OR min(d.sequence) <> 1 OR s.last_sequence <> max(d.sequence)""",
    "numbers given twice": "SELECT number, count(*) FROM invoices GROUP BY number HAVING count(*) <> 1",
    "invoices and register that differ": """SELECT i.number, d.number FROM invoices i FULL JOIN document_numbers d
        ON d.invoice_id = i.id WHERE i.number IS DISTINCT FROM d.number OR i.snapshot ->> 'number' <> d.number""",
    "invoices without exactly their documents": """SELECT i.number, array_agg(d.kind ORDER BY d.kind) FROM invoices i
        LEFT JOIN invoice_documents d ON d.invoice_id = i.id
        GROUP BY i.id HAVING array_agg(d.kind::text ORDER BY d.kind) IS DISTINCT FROM '{PDF,XRECHNUNG}'""",
    "invoices not composed, printed and posted once each": """SELECT i.id::text, e.names FROM invoices i
        LEFT JOIN LATERAL (SELECT array_agg(e.name::text ORDER BY e.name) AS names FROM events e
            WHERE e.subject_id = i.id AND e.name IN ('invoice.compose', 'invoice.print', 'invoice.post')) e ON TRUE
        WHERE e.names IS DISTINCT FROM '{invoice.compose,invoice.post,invoice.print}'""",
    "invoices not mailed to their customer": """SELECT i.number, count(m.id) FROM invoices i LEFT JOIN outbox m
        ON m.subject_id = i.id AND m.name = 'invoice.print' AND m.recipient_role = 'CUSTOMER' AND m.state = 'SENT'
        GROUP BY i.id HAVING count(m.id) <> 1""",
}
COUNTS: Mapping[str, str] = {
    "lines": "SELECT count(*) FROM billable_lines",
    "invoices": "SELECT count(*) FROM invoices",
    "documents": "SELECT count(*) FROM invoice_documents",
}
DOCUMENTS = "SELECT key, sha256 FROM invoice_documents"


async def prove(administrator: Administrator, store: ObjectStore) -> Findings:
    """Look up all promises, in the database and in the storage."""
    findings = Findings()
    for name, statement in COUNTS.items():
        findings.counts[name] = await administrator.fetchval(statement)
    for promise, statement in PROMISES.items():
        findings.require_none(promise, [tuple(row) for row in await administrator.fetch(statement)])
    await _prove_files(administrator, store, findings)
    findings.require_none("broken hash chains", await broken_chains(administrator))
    return findings


async def _prove_files(administrator: Administrator, store: ObjectStore, findings: Findings) -> None:
    """Every file that was written belongs to a row, and is what the row says."""
    documents = {row["key"]: row["sha256"] for row in await administrator.fetch(DOCUMENTS)}
    found = {each.key async for batch in store.list_below("invoices/") for each in batch}
    damaged = [key for key in found & documents.keys() if await store.digest(key) != documents[key]]
    findings.require_none("files that no document names", sorted(found - documents.keys()))
    findings.require_none("documents whose file is missing", sorted(documents.keys() - found))
    findings.require_none("documents whose file differs", damaged)
