"""SQL that lets charges be entries of receivables, and no step of their reminders be made twice; and the way back."""

from domain.database import ddl
from domain.receivables import immutability


def _replaced(table: str, name: str, condition: str, before: tuple[str, str]) -> tuple[str, str]:
    """A check with another condition; going back, the one before."""
    add, drop = ddl.check(table, name, condition)
    return f"{drop}; {add}", f"{drop}; {before[0]}"


SIGNS = _replaced(
    "receivable_entries",
    "receivable_entries_signs",
    """CASE WHEN kind IN ('PAYMENT', 'WRITE_OFF', 'CHARGE_WAIVER') THEN amount_cents < 0
        WHEN kind IN ('PAYMENT_REVERSAL', 'REFUND', 'REMINDER_FEE', 'INTEREST') THEN amount_cents > 0
        ELSE amount_cents <= 0 END
    AND (kind = 'PAYMENT_REVERSAL') = (reverses_id IS NOT NULL)
    AND (kind = 'CANCELLATION') = (document_id IS NOT NULL)""",
    immutability.SIGNS,
)
STATUS_FOLLOWS_SUMS = _replaced(
    "receivables",
    "receivables_status_follows_sums",
    """status = CASE
        WHEN paid_cents >= amount_cents - canceled_cents + charges_cents AND (paid_cents > 0 OR amount_cents = 0)
        THEN 'PAID' WHEN paid_cents > 0 THEN 'PARTLY_PAID' ELSE 'OPEN' END""",
    immutability.STATUS_FOLLOWS_SUMS,
)
REMINDERS_ARE_COMPLETE = ddl.check(
    "receivables",
    "receivables_reminders_are_complete",
    """charges_cents >= 0 AND reminder_step BETWEEN 0 AND 3 AND (reminder_step = 0) = (reminded_on IS NULL)
    AND (reminders_paused_until IS NULL) = (reminders_pause_reason IS NULL)""",
)
_BEFORE = immutability.KEEP_RECEIVABLE[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
KEEP_RECEIVABLE = (
    _BEFORE.replace(
        "        RETURN NEW;",
        """        IF NEW.reminder_step NOT IN (OLD.reminder_step, OLD.reminder_step + 1) THEN
            RAISE EXCEPTION 'the steps of reminders are made one after the other'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;""",
    ),
    _BEFORE,
)
_SUMS_BEFORE = immutability.COMPARE_SUMS[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
COMPARE_SUMS = (
    _SUMS_BEFORE.replace(
        "(r.canceled_cents, r.written_off_cents, r.paid_cents)",
        "(r.canceled_cents, r.written_off_cents, r.charges_cents, r.paid_cents)",
    ).replace(
        "coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind NOT IN ('CANCELLATION', 'WRITE_OFF')), 0)::bigint);",
        """coalesce(sum(e.amount_cents) FILTER (WHERE e.kind IN ('REMINDER_FEE', 'INTEREST', 'CHARGE_WAIVER')),
                0)::bigint,
             coalesce(-sum(e.amount_cents) FILTER (WHERE e.kind IN ('PAYMENT', 'PAYMENT_REVERSAL', 'REFUND')),
                0)::bigint);""",
    ),
    _SUMS_BEFORE,
)

STATEMENTS = (SIGNS, STATUS_FOLLOWS_SUMS, REMINDERS_ARE_COMPLETE, KEEP_RECEIVABLE, COMPARE_SUMS)
