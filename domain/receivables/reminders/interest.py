"""Statutory interest of a receivable, as SQL (section 288 of the German Civil Code).

Each day after the due day bears interest on what the invoice itself still asked for at its end: the base rate of that
day and 9 points, or 5 points where the customer is a consumer. A year has 365 days. What a reminder has charged bears
no interest, and no day is charged twice: an entry covers the days until its own.
"""

from domain.receivables import balance
from domain.receivables.reminders.steps import IS_REMINDABLE

CONSUMER_POINTS, BUSINESS_POINTS = 5, 9

_FIRST_DAY = """greatest({t}.due_on, (SELECT max(e.booked_on) FROM receivable_entries e
    WHERE e.receivable_id = {t}.id AND e.kind = 'INTEREST')) + 1"""
_OWED_THAT_DAY = """greatest({t}.amount_cents - {t}.canceled_cents
    + coalesce((SELECT sum(e.amount_cents) FROM receivable_entries e WHERE e.receivable_id = {t}.id
        AND e.kind IN ('PAYMENT', 'PAYMENT_REVERSAL', 'REFUND') AND e.booked_on <= day.at::date), 0), 0)"""
_BASE_RATE = """(SELECT b.percent FROM base_rates b WHERE b.holds_from <= day.at::date
    ORDER BY b.holds_from DESC LIMIT 1)"""
_POINTS = f"""(SELECT CASE c.kind WHEN 'CONSUMER' THEN {CONSUMER_POINTS} ELSE {BUSINESS_POINTS} END
    FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.id = {{t}}.invoice_id)"""

# In cents, until today; nothing unless the operator charges it.
NEXT_INTEREST = f"""coalesce((SELECT CASE WHEN s.interest_is_charged AND {IS_REMINDABLE} THEN
        (SELECT round(sum({_OWED_THAT_DAY} * ({_BASE_RATE} + {_POINTS})) / 36500)
            FROM generate_series({_FIRST_DAY}, {balance.TODAY}, interval '1 day') AS day (at)) END
    FROM operator_settings s), 0)::bigint"""
