"""SQL of the export. Each page goes on after the last row of the one before, so that no transaction stays open."""

# The numbers of a period with their documents, in the order of the register.
DOCUMENTS = """SELECT r.series, r.sequence, r.number, i.id AS invoice_id, i.kind, r.issued_on, i.due_on,
    i.snapshot #>> '{buyer,legal_name}' AS customer, i.net_cents, i.vat_cents, i.currency,
    r.allocated_at, r.allocated_by, r.actor_role, r.seal, o.number AS reverses,
    (SELECT string_agg(c.number, ' ' ORDER BY c.id) FROM invoices c WHERE c.reverses_id = i.id
        AND c.number IS NOT NULL) AS reversed_by,
    (SELECT coalesce(json_agg(json_build_array(d.kind, d.key, d.sha256) ORDER BY d.kind), '[]')
        FROM invoice_documents d WHERE d.invoice_id = i.id)::text AS files
FROM number_register r JOIN invoices i ON i.id = r.invoice_id LEFT JOIN invoices o ON o.id = i.reverses_id
WHERE r.issued_on BETWEEN $1 AND $2 AND (r.series, r.sequence) > ($3, $4) AND r.allocated_at <= $5
ORDER BY r.series, r.sequence LIMIT $6"""
GAPS = """SELECT g.series, g.first_missing, g.last_missing, g.reason, s.set_at, s.set_by
    FROM number_gaps g JOIN register_series s ON s.name = g.series ORDER BY 1, 2"""

# What was ordered, delivered, invoiced and paid; events of accounts and of people's data are no business of an audit.
SUBJECTS = ("order", "delivery", "line", "invoice", "receivable", "bankFile", "bankTransaction", "operator")
HASHED = """json_build_array(e.id, e.subject_kind, e.subject_id, e.sequence, e.order_id, e.name,
    extract(epoch FROM e.at), extract(epoch FROM e.due_at), e.actor_role, e.account_id, e.link_id, e.actor_name,
    to_jsonb(e.audience), e.body)::text"""
EVENTS = f"""SELECT e.id AS place, json_build_object('id', e.id, 'subject_kind', e.subject_kind,
        'subject_id', e.subject_id, 'sequence', e.sequence, 'order_id', e.order_id, 'name', e.name, 'at', e.at,
        'due_at', e.due_at, 'actor_role', e.actor_role, 'actor_name', e.actor_name, 'body', e.body,
        'hashed', {HASHED}, 'previous_hash', encode(e.previous_hash, 'hex'), 'hash', encode(e.hash, 'hex'))::text
        AS line
    FROM events e WHERE e.id > $3 AND e.at >= $1 AND e.at < $2 AND e.subject_kind = ANY ($4)
    ORDER BY e.id LIMIT $5"""
ANCHORS = """SELECT a.day, encode(a.hash, 'hex') AS hash, a.heads,
    encode((SELECT b.hash FROM chain_anchors b WHERE b.day < a.day ORDER BY b.day DESC LIMIT 1), 'hex') AS previous_hash
    FROM chain_anchors a WHERE a.day BETWEEN $1 AND $2 ORDER BY a.day"""
DAY_HEAD = """SELECT json_build_object('day', $1::date, 'subject_kind', h.subject_kind, 'subject_id', h.subject_id,
    'hash', encode(h.hash, 'hex'))::text AS line FROM ({heads}) h ORDER BY h.subject_kind, h.subject_id"""
# The text whose SHA-256 is the seal of a row, for the documents of the period.
SEALED_ROW = """SELECT s.id AS place, json_build_object('table', s.table_name, 'row_id', s.row_id, 'hashed', {hashed},
        'hash', encode(s.hash, 'hex'), 'sealed_at', s.sealed_at)::text AS line
    FROM seals s JOIN {name} r ON r.{key} = s.row_id::{key_type} JOIN invoices i ON i.id = r.{invoice}
    WHERE s.table_name = '{name}' AND i.issued_on BETWEEN $1 AND $2 AND s.id > $3 ORDER BY s.id LIMIT $4"""
