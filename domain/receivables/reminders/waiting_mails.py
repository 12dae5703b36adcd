"""Reminders that wait to be mailed: whether they still hold when they are composed, and the operator's own text."""

from uuid import UUID

from domain.database.pools import read_sessions
from domain.receivables.reminders.steps import IS_PAUSED, LAST_STEP, PRINCIPAL, STEPS

MESSAGE_NAME = "receivable.remind"
_OWN_TEXT = f"""CASE r.reminder_step {
    " ".join(
        f"WHEN {place} THEN CASE $2::text WHEN 'en' THEN s.{step.lower()}_reminder_en "
        f"ELSE s.{step.lower()}_reminder_de END"
        for place, step in enumerate(STEPS, start=1)
    )
} END"""
SELECT_OWN_TEXT = f"""SELECT {_OWN_TEXT} AS own_text
    FROM events e JOIN receivables r ON r.id = e.subject_id CROSS JOIN operator_settings s
    WHERE e.id = $1 AND {PRINCIPAL} > 0 AND {{t}}.disputed_at IS NULL AND {{t}}.written_off_cents = 0
        AND NOT {IS_PAUSED} AND e.body->>'step' = {LAST_STEP}""".replace("{t}", "r")


async def own_text_of_waiting(event_id: UUID | None, language: str) -> str | None:
    """The operator's text of the reminder that this event made, empty for the product's own.

    None once the invoice is paid, disputed, written off or reversed, its reminders are paused, or a later one was made.
    """
    text: str | None = await read_sessions().fetchval(SELECT_OWN_TEXT, event_id, language)
    return text
