"""SQL that lets write-offs be taken back by entries, takes back those of before, and the way back."""

from domain.database import ddl
from domain.receivables.reminders import immutability

_ADD, _DROP = ddl.check(
    "receivable_entries",
    "receivable_entries_signs",
    """CASE WHEN kind IN ('PAYMENT', 'WRITE_OFF', 'CHARGE_WAIVER') THEN amount_cents < 0
        WHEN kind IN ('PAYMENT_REVERSAL', 'REFUND', 'REMINDER_FEE', 'INTEREST', 'WRITE_OFF_REVERSAL')
        THEN amount_cents > 0 ELSE amount_cents <= 0 END
    AND (kind = 'PAYMENT_REVERSAL') = (reverses_id IS NOT NULL)
    AND (kind = 'CANCELLATION') = (document_id IS NOT NULL)""",
)
SIGNS = (f"{_DROP}; {_ADD}", immutability.SIGNS[0])
COMPARE_SUMS = (
    immutability.COMPARE_SUMS[0].replace("= 'WRITE_OFF')", "IN ('WRITE_OFF', 'WRITE_OFF_REVERSAL'))"),
    immutability.COMPARE_SUMS[0],
)
_STILL_OPEN = "greatest(r.amount_cents - r.canceled_cents + r.charges_cents - r.paid_cents, 0)"
# What was canceled or paid after it was written off was given up in the books nevertheless.
TAKE_BACK = (
    f"""WITH taken_back AS (
        INSERT INTO receivable_entries (id, receivable_id, kind, amount_cents, booked_on, note, created_at)
        SELECT uuidv7(), r.id, 'WRITE_OFF_REVERSAL', r.written_off_cents - {_STILL_OPEN},
            (app_now() AT TIME ZONE s.zone)::date, '', app_now()
        FROM receivables r CROSS JOIN operator_settings s WHERE r.written_off_cents > {_STILL_OPEN}
        RETURNING receivable_id)
    UPDATE receivables r SET written_off_cents = {_STILL_OPEN} FROM taken_back t WHERE t.receivable_id = r.id""",
    "SELECT 1",
)

STATEMENTS = (SIGNS, COMPARE_SUMS, TAKE_BACK)
