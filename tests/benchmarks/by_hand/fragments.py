"""Pieces of SQL that several moves share."""

STAFF_AND_MEMBER = "ARRAY['ADMIN', 'FINANCE', 'MEMBER', 'STAFF']"
EVERYONE = "ARRAY['ADMIN', 'CUSTOMER', 'FINANCE', 'MEMBER', 'STAFF']"
ARM = """INSERT INTO deadlines (id, kind, subject_kind, subject_id, order_id, anchor_at, due_at, basis, state,
        attempts, next_attempt_at, armed_at)
    SELECT uuidv7(), a.kind, a.subject_kind, a.subject_id, a.order_id, a.due_at, a.due_at, a.basis, 'PENDING', 0,
        a.due_at, clock_timestamp()
    FROM ({armed}) AS a (kind, subject_kind, subject_id, order_id, due_at, basis) WHERE a.due_at IS NOT NULL"""
ENQUEUE = """INSERT INTO outbox (id, name, recipient_role, account_id, contact_id, subject_kind, subject_id, order_id,
        event_id, link_id, state, attempts, next_attempt_at, created_at)
    SELECT uuidv7(), m.name, m.role, m.account_id, m.contact_id, m.subject_kind, m.subject_id, m.order_id, m.event_id,
        m.link_id, 'PENDING', 0, clock_timestamp(), m.at
    FROM ({messages}) AS m (name, role, account_id, contact_id, subject_kind, subject_id, order_id, event_id, link_id,
        at)
    WHERE num_nonnulls(m.account_id, m.contact_id) = 1"""
STATUS_HISTORY = """INSERT INTO client_status_changes (id, order_id, customer_id, event, visibility, seen, name,
        label_de, label_en, description_de, description_en, color, expected_on, template_id, automation_id, origin,
        account_id, actor_name, changed_at)
    SELECT s.change_id, s.id, s.customer_id, 'clientStatus.show', s.visibility, TRUE, s.name, s.label_de, s.label_en,
        s.description_de, s.description_en, s.color, s.expected_on, s.template_id, s.automation_id, s.origin,
        {account}, {actor}, s.changed_at FROM shown s"""
STATUS_MESSAGE = ENQUEUE.format(
    messages="""SELECT 'clientStatus.show', 'CUSTOMER', NULL::uuid, k.id, 'clientStatus', s.id, s.id, s.change_id,
        NULL::uuid, s.changed_at FROM shown s JOIN orders o ON o.id = s.id
        JOIN contacts k ON k.id = o.contact_id AND k.status_mails = 'AT_ONCE'"""
)
STATUS_EVENT = f"""append_event(s.change_id, 'clientStatus', s.id, s.id, 'clientStatus.show', s.changed_at, NULL,
    {{role}}, {{account}}, NULL, {{actor}}, {STAFF_AND_MEMBER},
    jsonb_build_object('from', s.was, 'to', s.visibility, 'seen', TRUE))"""
