"""Filters, orders and sums of lists of receivables."""

import strawberry

from domain.receivables import balance
from domain.receivables.model import ReceivableStatus
from schema.declarations.fields import column, connection_field, filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.operations.receivables.receivable import Receivable
from schema.shared.filters import DateFilter, EnumFilter, IdFilter, contains
from schema.shared.money import Money, money_field
from schema.shared.pagination import Connection

OF_INVOICES = "{t}.invoice_id IN (SELECT i.id FROM invoices i WHERE {comparison})"
SEARCH = f"""EXISTS (SELECT 1 FROM invoices i JOIN customers c ON c.id = i.customer_id
    JOIN members m ON m.id = i.member_id WHERE i.id = {{t}}.invoice_id
    AND ({contains("i.number")} OR {contains("c.legal_name")} OR {contains("m.name")}))"""
SUMS = f"""{{t}}.currency, count(*) AS count, sum({{t}}.amount_cents)::bigint AS amount_cents,
    sum({balance.REMAINING})::bigint AS remaining_cents,
    coalesce(sum({balance.REMAINING}) FILTER (WHERE {balance.IS_OVERDUE}), 0)::bigint AS overdue_cents"""


@where_input(description="Which receivables to list; all that is given must hold.")
class ReceivableWhere:
    """The filter of lists of receivables."""

    id: IdFilter | None = filter_field(id_prefix="rcv", description="By identifier.")
    status: EnumFilter[ReceivableStatus] | None = filter_field(description="By how much is paid.")
    invoice: IdFilter | None = filter_field("{t}.invoice_id", id_prefix="inv", description="By invoice.")
    customer: IdFilter | None = filter_field(
        "i.customer_id", enclosing_condition=OF_INVOICES, id_prefix="cus", description="By customer."
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


@strawberry.type(description="The sums of the receivables of a list in one currency.")
class ReceivableSums:
    """The sums of the receivables of a list in one currency."""

    currency: str = column(description="The currency.")
    count: int = column(description="How many receivables it sums up.")
    amount: Money = money_field("{t}.amount_cents", description="What the invoices ask for.")
    remaining: Money = money_field("{t}.remaining_cents", description="What is still to be paid.")
    overdue: Money = money_field("{t}.overdue_cents", description="What of that is overdue.")


@strawberry.type(description="A page of a list.")
class ReceivableConnection(Connection[Receivable]):
    """A page of a list of receivables, with its sums."""

    sums: list[ReceivableSums] = connection_field(
        description="The sums of the whole list, one for each currency; computed only when asked for."
    )
