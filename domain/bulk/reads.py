"""Fields of operations and of their results as SQL, over `{t}`; some compare with the dry run that came before."""

from domain.bulk.subjects import SUBJECTS

# The outcome that the dry run had at the place of a result; null without a dry run, or without its result.
FORESEEN_OUTCOME = """(SELECT coalesce(i.outcome, 'APPLIED') FROM bulk_operations o
    JOIN bulk_operations d ON d.id = o.preview_id
    LEFT JOIN bulk_items i ON i.operation_id = d.id AND i.position = {t}.position
    WHERE o.id = {t}.operation_id AND ({t}.position <= d.done OR i.id IS NOT NULL))"""
CHANGED_SINCE_PREVIEW = f"coalesce({{t}}.outcome <> {FORESEEN_OUTCOME}, FALSE)"
COUNT_CHANGED_SINCE_PREVIEW = """(CASE WHEN {t}.preview_id IS NULL THEN 0 ELSE
    (SELECT count(*) FROM bulk_results r JOIN bulk_operations d ON d.id = {t}.preview_id
        LEFT JOIN bulk_items i ON i.operation_id = d.id AND i.position = r.position
        WHERE r.operation_id = {t}.id AND (r.position <= d.done OR i.id IS NOT NULL)
            AND r.outcome <> coalesce(i.outcome, 'APPLIED')) END)"""
# The token is of use only to the account that started the dry run.
PREVIEWED_SELECTION = "CASE WHEN {t}.dry_run AND {t}.account_id = {account} THEN {t}.id END"


def _prefixed() -> str:
    cases = (f"WHEN '{subject}' THEN '{noun.lifecycle.id_prefix}_'" for subject, noun in SUBJECTS.items())
    return f"CASE {{t}}.subject {' '.join(cases)} END || {{t}}.subject_id"


# The identifier of a result's row as it was given, malformed or not.
NAMED_AS = f"coalesce({{t}}.malformed_id, {_prefixed()})"
