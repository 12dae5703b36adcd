"""The plan of a run: the invoices that its lines would become."""

from datetime import date

import strawberry

from domain.billing.scope import LINES_SCOPE
from domain.parties.scope import CUSTOMERS_SCOPE, MEMBERS_SCOPE
from schema.declarations.fields import column, ordering, sort_key, to_many, to_one
from schema.operations.invoices.billable_lines import BillableLine
from schema.operations.parties import Customer, Member
from schema.shared.money import Money, money_field


@strawberry.type(description="An invoice that a run on hold would compose. Nothing of it is stored.")
class PlannedRunInvoice:
    """An invoice that a run on hold would compose."""

    customer: Customer | None = to_one(CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="Who would pay.")
    member: Member = to_one(MEMBERS_SCOPE, on="{t}.id = {p}.member_id", description="Whose work it would be for.")
    invoice_on: date = column(description="The date it would have.")
    net: Money = money_field("{t}.net_cents", description="Its net sum.")
    line_count: int = column("cardinality({t}.line_ids)", description="How many lines it would have.")
    lines: list[BillableLine] = to_many(
        LINES_SCOPE,
        on="{t}.id = ANY({p}.line_ids)",
        order="{t}.id",
        limit=250,
        description="Its lines: all of one member, customer, currency, terms and date.",
    )


PLAN_SORTS = ordering(
    "PlannedRunInvoice",
    default="CUSTOMER",
    CUSTOMER=sort_key("{t}.customer_name", description="The name of the customer."),
    INVOICE_ON=sort_key("{t}.invoice_on", "date", description="The date it would have."),
)
