"""Filters and orders of lists of receivables."""

from domain.receivables import balance
from domain.receivables.model import ReceivableStatus
from domain.receivables.reminders import steps
from domain.receivables.reminders.steps import ReminderStep
from domain.search_tables.of_lists import RECEIVABLE_SEARCH
from schema.declarations.fields import filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.shared.filters import DateFilter, EnumFilter, IdFilter, contains

OF_INVOICES = "{t}.invoice_id IN (SELECT i.id FROM invoices i WHERE {comparison})"
# Of an invoice, or imported with an opening balance.
OF_CUSTOMERS = """{t}.id IN (SELECT owed.id FROM (
    SELECT r.id, i.customer_id FROM receivables r JOIN invoices i ON i.id = r.invoice_id
    UNION ALL SELECT r.id, r.customer_id FROM receivables r WHERE r.invoice_id IS NULL) owed WHERE {comparison})"""
SEARCH = RECEIVABLE_SEARCH.search(f"""EXISTS (SELECT 1 FROM invoices i JOIN customers c ON c.id = i.customer_id
    JOIN members m ON m.id = i.member_id WHERE i.id = {{t}}.invoice_id
    AND ({contains("i.number")} OR {contains("c.legal_name")} OR {contains("m.name")}) OFFSET 0)
    OR {contains("{t}.opening_number")} OR EXISTS (SELECT 1 FROM customers c
        WHERE c.id = {{t}}.customer_id AND {contains("c.legal_name")})""")


@where_input(description="Which receivables to list; all that is given must hold.")
class ReceivableWhere:
    """The filter of lists of receivables."""

    id: IdFilter | None = filter_field(id_prefix="rcv", description="By identifier.")
    status: EnumFilter[ReceivableStatus] | None = filter_field(description="By how much is paid.")
    invoice: IdFilter | None = filter_field("{t}.invoice_id", id_prefix="inv", description="By invoice.")
    customer: IdFilter | None = filter_field(
        "owed.customer_id", enclosing_condition=OF_CUSTOMERS, id_prefix="cus", description="By customer."
    )
    member: IdFilter | None = filter_field(
        "i.member_id", enclosing_condition=OF_INVOICES, id_prefix="mem", description="By member."
    )
    remains: bool | None = filter_field(
        f"({balance.REMAINING} > 0) = {{value}}", description="Whether something is still to be paid."
    )
    overdue: bool | None = filter_field(
        f"{balance.IS_OVERDUE} = {{value}}", description="Whether something remains after its day."
    )
    overdue_for_days: int | None = filter_field(
        f"{balance.DAYS_OVERDUE} >= {{value}}", description="Those overdue for at least so many days."
    )
    overdue_up_to_days: int | None = filter_field(
        f"{balance.DAYS_OVERDUE} <= {{value}}", description="Those overdue for at most so many days."
    )
    disputed: bool | None = filter_field(
        "({t}.disputed_at IS NOT NULL) = {value}", description="Whether they are disputed."
    )
    overpaid: bool | None = filter_field(
        f"({balance.OVERPAID} > 0) = {{value}}", description="Whether something was paid too much."
    )
    written_off: bool | None = filter_field(
        "({t}.written_off_cents > 0) = {value}", description="Whether something was given up."
    )
    awaits_second_person: bool | None = filter_field(
        "({t}.write_off_proposed_at IS NOT NULL) = {value}", description="Whether a proposed write-off waits."
    )
    reminder_step: EnumFilter[ReminderStep] | None = filter_field(
        steps.LAST_STEP, description="By the last reminder that was sent."
    )
    reminder_due: bool | None = filter_field(
        f"{steps.IS_DUE} = {{value}}", description="Whether the next reminder can go today."
    )
    reminders_paused: bool | None = filter_field(
        f"{steps.IS_PAUSED} = {{value}}", description="Whether their reminders are paused."
    )
    search: str | None = filter_field(
        SEARCH, description="Part of the invoice's number, the customer's or member's name."
    )
    due_on: DateFilter | None = filter_field(description="By the day until which they are to be paid.")


RECEIVABLE_SORTS = ordering(
    "Receivable",
    default="DUE_ON",
    DUE_ON=sort_key(
        "coalesce({t}.due_on, '9999-12-31'::date)",
        "date",
        description="Until when it is to be paid; without a day last.",
    ),
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When the invoice was posted."),
    REMAINING=sort_key(balance.REMAINING, "bigint", description="What is still to be paid."),
)
