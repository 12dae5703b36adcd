"""SQL over the intended client status: a pending change counts before what clients read now."""

from domain.orders.scope import WAS_SUBMITTED

FROM_INTENDED = "client_statuses s LEFT JOIN pending_statuses q ON q.id = s.id"


def intended(column: str) -> str:
    """SQL: this column of the pending change `q` where there is one, else of the status `s`."""
    return f"CASE WHEN q.id IS NULL THEN s.{column} ELSE q.{column} END"


# Over a status template `{t}`: the orders that have copied it, and those that can get its newest edition.
FROM_COPIES = f"{FROM_INTENDED} JOIN orders o ON o.id = s.id AND o.deleted_at IS NULL"
FROM_SUBMITTED_COPIES = f"{FROM_COPIES} AND {WAS_SUBMITTED.replace('{t}', 'o')}"
IS_COPY = f"{intended('template_id')} = {{t}}.id"
IS_OUTDATED = f"""{IS_COPY} AND {intended("template_edition")} < {{t}}.edition AND NOT {intended("edited_by_hand")}"""
COPY_COUNT = f"(SELECT count(*) FROM {FROM_SUBMITTED_COPIES} WHERE {IS_COPY})"
OUTDATED_COPY_COUNT = f"(SELECT count(*) FROM {FROM_SUBMITTED_COPIES} WHERE {IS_OUTDATED})"

# Over an order `{o}`.
INTENDED_TEMPLATE = f"(SELECT {intended('template_id')} FROM {FROM_INTENDED} WHERE s.id = {{o}}.id)"
