"""Which orders have copied a template, and which of them can be given its newest edition."""

# What waits out a quiet period counts as written: a text by hand that is still to be seen is one already.
FROM_COPIES = """client_statuses s JOIN orders o ON o.id = s.id AND o.deleted_at IS NULL
    LEFT JOIN pending_statuses q ON q.id = s.id"""
IS_COPY = "CASE WHEN q.id IS NULL THEN s.template_id ELSE q.template_id END = {t}.id"
IS_OUTDATED = f"""{IS_COPY} AND CASE WHEN q.id IS NULL THEN s.template_edition < {{t}}.edition AND NOT s.edited_by_hand
    ELSE q.template_edition < {{t}}.edition AND NOT q.edited_by_hand END"""

COPY_COUNT = f"(SELECT count(*) FROM {FROM_COPIES} WHERE {IS_COPY})"
OUTDATED_COPY_COUNT = f"(SELECT count(*) FROM {FROM_COPIES} WHERE {IS_OUTDATED})"
