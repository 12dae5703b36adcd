"""The steps of reminders: their order, how they stand in the database, and the SQL that reads the operator's rules."""

from datetime import timedelta
from enum import StrEnum

from domain.database import ddl
from domain.receivables import balance


class ReminderStep(StrEnum):
    """The steps of a reminder, the mildest first; `reminder_step` of a receivable counts those that were made."""

    FRIENDLY = "FRIENDLY"
    FIRST = "FIRST"
    FORMAL = "FORMAL"


STEPS = tuple(ReminderStep)
# The member is told so many days before the formal reminder.
FORMAL_NOTICE = timedelta(days=3)

# What the invoice itself still asks for, without what reminders have charged.
PRINCIPAL = "greatest({t}.amount_cents - {t}.canceled_cents - {t}.paid_cents, 0)"
# An opening balance has no invoice that a mail could name and carry; it is reminded of by other means.
IS_REMINDABLE = f"""({{t}}.invoice_id IS NOT NULL AND {{t}}.amount_cents - {{t}}.canceled_cents > {{t}}.paid_cents
    AND {{t}}.due_on IS NOT NULL AND {{t}}.disputed_at IS NULL AND {{t}}.written_off_cents = 0
    AND {{t}}.reminder_step < {len(STEPS)})"""
# That it is not null is said for the index of those that are.
IS_PAUSED = f"({{t}}.reminders_paused_until IS NOT NULL AND {{t}}.reminders_paused_until >= {balance.TODAY})"
LAST_STEP = f"""CASE {{t}}.reminder_step {
    " ".join(f"WHEN {place} THEN '{step}'" for place, step in enumerate(STEPS, start=1))
} END"""
NEXT_STEP = f"""CASE WHEN {IS_REMINDABLE} THEN CASE {{t}}.reminder_step {
    " ".join(f"WHEN {place} THEN '{step}'" for place, step in enumerate(STEPS))
} END END"""


def _setting(name: str) -> str:
    """SQL for a setting of the operator, which is read once for a whole list."""
    return f"(SELECT s.{name} FROM operator_settings s)"


def of_next_step(setting: str) -> str:
    """SQL for the setting of the next step: `days` or `fee`."""
    cases = (f"WHEN {place} THEN {_setting(f'{step.lower()}_reminder_{setting}')}" for place, step in enumerate(STEPS))
    return f"CASE {{t}}.reminder_step {' '.join(cases)} END"


_FRIENDLY_DAYS, _FIRST_DAYS, _FORMAL_DAYS = (_setting(f"{step.lower()}_reminder_days") for step in STEPS)
# Between two steps lie at least as many days as between their days of the operator, however late the first was.
_GAP = f"""CASE {{t}}.reminder_step WHEN 1 THEN {_FIRST_DAYS} - {_FRIENDLY_DAYS}
    WHEN 2 THEN {_FORMAL_DAYS} - {_FIRST_DAYS} END"""
_AFTER_NOTICE = f"CASE {{t}}.reminder_step WHEN 2 THEN {{t}}.formal_announced_on + {FORMAL_NOTICE.days} END"
# The first day on which the next step may be made; null while there is none.
NEXT_ON = f"""(CASE WHEN {IS_REMINDABLE} THEN greatest({{t}}.due_on + {of_next_step("days")},
    {{t}}.reminded_on + {_GAP}, {{t}}.reminders_not_before, {{t}}.reminders_paused_until + 1, {_AFTER_NOTICE}) END)"""
# Few of all receivables can be reminded of; the list of those that are due reads only them.
REMINDABLE_BY_DAY = ddl.index(
    "receivables_remindable_by_day", f"receivables (due_on) WHERE {IS_REMINDABLE.replace('{t}.', '')}"
)
# What is cheap to know comes first, because most receivables are paid.
IS_DUE = f"""({IS_REMINDABLE} AND {{t}}.due_on < {balance.TODAY}
    AND ({{t}}.reminder_step < 2 OR {{t}}.formal_announced_on IS NOT NULL)
    AND coalesce({NEXT_ON} <= {balance.TODAY}, FALSE))"""
NEXT_FEE = f"""(CASE WHEN {IS_REMINDABLE}
    THEN coalesce(round({of_next_step("fee")} * 100)::bigint, 0) ELSE 0 END)"""
