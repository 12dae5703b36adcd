"""Which orders have copied a template, and which of them can be given its newest edition."""

# What waits out a quiet period counts as written: a text by hand that is still to be seen is one already.
HELD = """client_statuses s JOIN orders o ON o.id = s.id AND o.deleted_at IS NULL
    LEFT JOIN pending_statuses q ON q.id = s.id"""
FROM_IT = "CASE WHEN q.id IS NULL THEN s.template_id ELSE q.template_id END = {t}.id"
OUTDATED = f"""{FROM_IT} AND CASE WHEN q.id IS NULL THEN s.template_edition < {{t}}.edition AND NOT s.edited_by_hand
    ELSE q.template_edition < {{t}}.edition AND NOT q.edited_by_hand END"""

COPIES = f"(SELECT count(*) FROM {HELD} WHERE {FROM_IT})"
OUTDATED_COPIES = f"(SELECT count(*) FROM {HELD} WHERE {OUTDATED})"
