"""Opening balances: what customers owe of invoices of an earlier system, and SQL that keeps them as they came."""

from typing import Any

from domain.database import ddl
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.kernel.amount_input import cents_of
from domain.kernel.errors import Refusal, Refused, invalid
from domain.receivables.guards import amount_error, day_error
from domain.receivables.inputs import OpeningBalance
from domain.receivables.model import Receivable

# Of a receivable `r` with its invoice `i`, if it has one.
NUMBER = "coalesce(i.number, r.opening_number)"
CUSTOMER_ID = "coalesce(i.customer_id, r.customer_id)"

IS_COMPLETE = ddl.check(
    "receivables",
    "receivables_opening_is_complete",
    """num_nonnulls(opening_number, opening_issued_on, customer_id) = CASE WHEN invoice_id IS NULL THEN 3 ELSE 0 END""",
)
KEEP_OPENING = (
    """CREATE FUNCTION keep_opening_balance() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (OLD.opening_number, OLD.opening_issued_on, OLD.customer_id) IS DISTINCT FROM
            (NEW.opening_number, NEW.opening_issued_on, NEW.customer_id)
        THEN
            RAISE EXCEPTION 'an opening balance stays as it came' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_opening_balance()",
)
KEPT = (
    """CREATE TRIGGER receivables_keep_opening BEFORE UPDATE ON receivables
    FOR EACH ROW EXECUTE FUNCTION keep_opening_balance()""",
    "DROP TRIGGER receivables_keep_opening ON receivables",
)
STATEMENTS = (IS_COMPLETE, KEEP_OPENING, KEPT)


def import_opening_balance(move: TransitionContext) -> Any:
    """Open what an invoice of an earlier system still asks for; nothing is booked and no mail is sent."""
    opening: OpeningBalance = move.input
    row = Receivable(
        opening_number=opening.number.strip(),
        opening_issued_on=opening.issued_on,
        customer_id=opening.customer_id,
        currency="EUR",
        amount_cents=cents_of(opening.amount, "amount"),
        due_on=opening.due_on,
        created_at=move.now,
    )
    move.insert(row)
    move.event_body |= {"number": row.opening_number, "asked_cents": row.amount_cents, "due_on": row.due_on}
    return row


def amount_is_open(nothing: Any, opening: OpeningBalance, context: EvaluationContext) -> Refusal | None:
    """It is above zero with two decimals; of a file every such fault is named with its line."""
    try:
        return amount_error(opening.amount)
    except Refused as refused:
        return refused.refusals[0]


def days_are_possible(nothing: Any, opening: OpeningBalance, context: EvaluationContext) -> Refusal | None:
    """It was issued today or earlier, and is payable on that day or later."""
    if refusal := day_error(opening.issued_on, "issued_on", context):
        return refusal
    return None if opening.due_on >= opening.issued_on else invalid("due_before_issued", "due_on")


VALIDATORS = (amount_is_open, days_are_possible)
