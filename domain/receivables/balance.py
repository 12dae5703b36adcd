"""The balance of a receivable: what remains, what was paid too much, and the status that follows from its sums."""

from typing import Any

from domain.receivables.model import CHARGES, WRITE_OFFS, EntryKind, ReceivableStatus

# What reminders have charged is owed beside the invoice; payments count for the invoice first.
CLAIM = "({t}.amount_cents - {t}.canceled_cents + {t}.charges_cents)"
# What the customer still owes; what the operator has written off is owed nevertheless.
OWED = f"greatest({CLAIM} - {{t}}.paid_cents, 0)"
REMAINING = f"greatest({CLAIM} - {{t}}.paid_cents - {{t}}.written_off_cents, 0)"
OVERPAID = f"greatest({{t}}.paid_cents - {CLAIM}, 0)"
TODAY = "(SELECT (app_now() AT TIME ZONE s.zone)::date FROM operator_settings s)"
IS_OVERDUE = f"({REMAINING} > 0 AND coalesce({{t}}.due_on < {TODAY}, FALSE))"
DAYS_OVERDUE = f"CASE WHEN {IS_OVERDUE} THEN {TODAY} - {{t}}.due_on ELSE 0 END"


def status_of(row: Any) -> ReceivableStatus:
    """The status by what was paid of the claim: an invoice over nothing is paid, one canceled unpaid stays open."""
    claim = row.amount_cents - row.canceled_cents + row.charges_cents
    if row.paid_cents >= claim and (row.paid_cents > 0 or row.amount_cents == 0):
        return ReceivableStatus.PAID
    return ReceivableStatus.PARTLY_PAID if row.paid_cents > 0 else ReceivableStatus.OPEN


def is_invoice_paid(row: Any) -> bool:
    """Whether what the invoice itself asks for is paid; what reminders have charged may remain."""
    claim = row.amount_cents - row.canceled_cents
    return bool(row.paid_cents >= claim and (row.paid_cents > 0 or row.amount_cents == 0))


def excess_write_off_cents(row: Any) -> int:
    """What was written off and is no longer open, because it was canceled or paid since."""
    still_open = row.amount_cents - row.canceled_cents + row.charges_cents - row.paid_cents
    return int(max(row.written_off_cents - max(still_open, 0), 0))


def add_to_sums(row: Any, kind: EntryKind, amount_cents: int) -> None:
    """Add an entry's amount, which changes what remains, to the sum of its kind."""
    if kind is EntryKind.CANCELLATION:
        row.canceled_cents -= amount_cents
    elif kind in WRITE_OFFS:
        row.written_off_cents -= amount_cents
    elif kind in CHARGES:
        row.charges_cents += amount_cents
    else:
        row.paid_cents -= amount_cents
