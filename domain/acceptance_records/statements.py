"""SQL that freezes what was accepted, for any number of deliveries at once, and requests the documents of it."""

from domain.database.pending_writes import WriteStatement

CONTENTS = """jsonb_build_object(
    'order', jsonb_build_object('number', o.number, 'project', o.project),
    'position', d.position,
    'zone', s.zone,
    'version', jsonb_build_object('number', v.number, 'description', v.description, 'link', v.link,
        'submitted_at', v.submitted_at),
    'files', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'size', f.size, 'sha256', f.sha256)
            ORDER BY l.position), '[]') FROM delivery_files l JOIN files f ON f.id = l.file_id
        WHERE l.delivery_id = v.delivery_id AND l.number = v.number),
    'seller', jsonb_build_object('name_de', s.name_de, 'name_en', s.name_en, 'street', s.street,
        'postcode', s.postcode, 'city', s.city, 'country', s.country, 'email', s.email,
        'contact_name', s.contact_name, 'phone', s.phone, 'vat_id', s.vat_id, 'tax_number', s.tax_number,
        'iban', s.iban, 'bic', s.bic, 'bank_name', s.bank_name),
    'buyer', jsonb_build_object('legal_name', c.legal_name, 'street', c.street, 'postcode', c.postcode,
        'city', c.city, 'country', c.country, 'language', coalesce(k.language, s.language)),
    'member', jsonb_build_object('number', m.number, 'name', m.name))"""
INSERT = f"""INSERT INTO acceptance_records
        (id, delivery_id, version_number, accepted_at, accepted_by, person, rating, contents, created_at)
    SELECT uuidv7(), d.id, v.number, r.accepted_at, r.accepted_by, r.person, r.rating, {CONTENTS}, r.recorded_at
    FROM {{rows}} r JOIN deliveries d ON d.id = r.delivery_id
        JOIN delivery_versions v ON v.delivery_id = d.id AND v.number = d.current_number
        JOIN orders o ON o.id = d.order_id JOIN members m ON m.id = o.member_id
        JOIN customers c ON c.id = o.customer_id LEFT JOIN contacts k ON k.id = o.contact_id
        CROSS JOIN operator_settings s"""
REQUEST = """INSERT INTO document_jobs (id, delivery_id, kind, next_attempt_at, created_at)
    SELECT uuidv7(), r.delivery_id, 'ACCEPTANCE', clock_timestamp(), clock_timestamp() FROM {rows} r"""

RECORD_ACCEPTANCE = WriteStatement(
    name="acceptance_records",
    columns="""delivery_id uuid, accepted_at timestamptz, accepted_by text, person text, rating int,
        recorded_at timestamptz""",
    statement=INSERT,
)
REQUEST_DOCUMENT = WriteStatement(name="acceptance_requests", columns="delivery_id uuid", statement=REQUEST)

ACCEPTED_BEFORE = """(SELECT e.id AS delivery_id, e.accepted_at, e.accepted_by, e.rating, e.accepted_at AS recorded_at,
    (SELECT h.actor_name FROM events h WHERE h.subject_id = e.id AND h.name = 'delivery.accept') AS person
    FROM deliveries e WHERE e.status = 'ACCEPTED')"""
EARLIER_ACCEPTANCES = (INSERT.format(rows=ACCEPTED_BEFORE), "SELECT 1")
EARLIER_REQUESTS = (REQUEST.format(rows="(SELECT delivery_id FROM acceptance_records)"), "SELECT 1")
