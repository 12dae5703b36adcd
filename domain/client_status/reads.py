"""SQL over the intended client status: a pending change counts before what clients read now."""

from domain.orders.scope import WAS_SUBMITTED

FROM_INTENDED = "client_statuses s LEFT JOIN pending_statuses q ON q.id = s.id"


def intended(column: str) -> str:
    """SQL: this column of the pending change `q` where there is one, else of the status `s`."""
    return f"CASE WHEN q.id IS NULL THEN s.{column} ELSE q.{column} END"


# Over a status template `{t}`: the orders that have copied it, and those that can get its newest edition.
FROM_COPIES = f"{FROM_INTENDED} JOIN orders o ON o.id = s.id AND o.deleted_at IS NULL"
IS_COPY = f"{intended('template_id')} = {{t}}.id"
IS_OUTDATED = f"""{IS_COPY} AND {intended("template_edition")} < {{t}}.edition AND NOT {intended("edited_by_hand")}"""
# The same orders, submitted ones only, by the index of templates: a pending change counts with its own template. Each
# order is looked up, so that a count of many ends at its bound.
COPIES = f"""SELECT 1 FROM (SELECT s.id, s.template_edition, s.edited_by_hand FROM client_statuses s
        WHERE s.template_id = {{t}}.id AND NOT EXISTS (SELECT 1 FROM pending_statuses q WHERE q.id = s.id)
        UNION ALL SELECT q.id, q.template_edition, q.edited_by_hand FROM pending_statuses q
        WHERE q.template_id = {{t}}.id) c
    WHERE EXISTS (SELECT 1 FROM orders o WHERE o.id = c.id AND o.deleted_at IS NULL
        AND {WAS_SUBMITTED.replace("{t}", "o")} OFFSET 0)"""
OUTDATED_COPIES = f"{COPIES} AND c.template_edition < {{t}}.edition AND NOT c.edited_by_hand"

# Over an order `{o}`.
INTENDED_TEMPLATE = f"(SELECT {intended('template_id')} FROM {FROM_INTENDED} WHERE s.id = {{o}}.id)"
