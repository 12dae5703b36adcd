"""The one statement that reads everything about a person: `$1` is their account, `$2` their contacts.

What others did, and what is said of others, is left out; so are secrets and their hashes.
"""

LINKS = "SELECT l.id FROM links l WHERE l.account_id = $1 OR l.contact_id = ANY($2)"
BY_PERSON = f"(e.account_id = $1 OR e.link_id IN ({LINKS}))"
# What an administrator did to the account names the administrator, and is the person's all the same.
ABOUT_PERSON = "x.account_id = $1 AND x.detail -> 'account' IS NULL OR x.detail ->> 'account' = $1::text"

SECTIONS = {
    "account": """SELECT a.email, a.name, a.language, a.roles, a.status, a.order_access, a.approval_limit_cents,
        a.pending_email, a.previous_email, a.unwanted_mails, a.created_at FROM accounts a WHERE a.id = $1""",
    "sessions": """SELECT s.active_role, s.created_at, s.expires_at, s.last_used_at, s.device, s.network
        FROM sessions s WHERE s.account_id = $1 ORDER BY s.id""",
    "access_tokens": """SELECT t.label, t.active_role, t.scope, t.created_at, t.expires_at, t.last_used_at
        FROM api_tokens t WHERE t.account_id = $1 ORDER BY t.id""",
    "authenticator_apps": """SELECT f.created_at, f.confirmed_at FROM totp_factors f WHERE f.account_id = $1""",
    "passkeys": """SELECT p.name, p.created_at, p.last_used_at FROM passkeys p WHERE p.account_id = $1 ORDER BY p.id""",
    "recovery_codes": """SELECT count(*) AS left_over FROM recovery_codes r WHERE r.account_id = $1
        HAVING count(*) > 0""",
    "memberships": """SELECT m.number, m.name, m.status, m.street, m.postcode, m.city, m.country, m.iban,
        m.proposed_street, m.proposed_postcode, m.proposed_city, m.proposed_country, m.proposed_iban
        FROM members m WHERE m.account_id = $1""",
    "contacts": """SELECT k.name, k.email, k.language, k.status_mails, k.status, c.legal_name AS customer
        FROM contacts k JOIN customers c ON c.id = k.customer_id WHERE k.id = ANY($2) ORDER BY k.id""",
    "asked_about_orders": """SELECT o.number, o.project, o.status FROM orders o
        WHERE o.contact_id = ANY($2) AND o.deleted_at IS NULL AND o.offered_at IS NOT NULL ORDER BY o.id""",
    "assigned_orders": """SELECT o.number FROM assignments s JOIN orders o ON o.id = s.order_id
        WHERE s.account_id = $1 ORDER BY o.id""",
    "comments": f"""SELECT o.number AS order, c.author_name, c.text, c.created_at
        FROM events e JOIN comments c ON c.order_id = e.order_id AND c.created_at = e.at
            AND c.author_role = e.actor_role
        JOIN orders o ON o.id = e.order_id WHERE e.name = 'order.comment' AND {BY_PERSON} ORDER BY c.id""",
    "mails": """SELECT m.name, m.state, m.created_at, m.sent_at, o.number AS order FROM outbox m
        LEFT JOIN orders o ON o.id = m.order_id WHERE m.account_id = $1 OR m.contact_id = ANY($2) ORDER BY m.id""",
    "mailed_links": """SELECT l.purpose, l.created_at, l.expires_at, l.ended_at, l."end" FROM links l
        WHERE l.account_id = $1 OR l.contact_id = ANY($2) ORDER BY l.id""",
    "events_made": f"""SELECT e.name, e.at, e.actor_role, e.actor_name, o.number AS order, e.body FROM events e
        LEFT JOIN orders o ON o.id = e.order_id WHERE {BY_PERSON} ORDER BY e.at, e.id""",
    "audit_trail": f"""SELECT x.action, x.at, x.detail - 'by' AS detail FROM audit x
        WHERE {ABOUT_PERSON} ORDER BY x.at, x.id""",
}


def _section(name: str, statement: str) -> str:
    return f"'{name}', coalesce((SELECT jsonb_agg(to_jsonb(row)) FROM ({statement}) AS row), '[]'::jsonb)"


EVERYTHING = f"""SELECT jsonb_build_object({", ".join(_section(*each) for each in SECTIONS.items())})::text AS document,
    $1::uuid AS account_id, $2::uuid[] AS contact_ids"""
