"""Pages of lists of billable lines, with the sums of the whole list, one for each currency."""

import strawberry

from schema.declarations.fields import column, connection_field
from schema.operations.invoices.billable_lines import BillableLine
from schema.shared.money import Money, money_field
from schema.shared.pagination import Connection

LINE_SUMS = "{t}.currency, count(*) AS count, sum({t}.net_cents)::bigint AS net_cents"


@strawberry.type(description="The sum of the lines of a list in one currency.")
class LineSums:
    """The sum of the lines of a list in one currency."""

    currency: str = column(description="The currency.")
    count: int = column(description="How many lines it sums up.")
    net: Money = money_field("{t}.net_cents", description="Their net amount; tax is computed on the invoice.")


@strawberry.type(description="A page of a list.")
class BillableLineConnection(Connection[BillableLine]):
    """A page of a list of billable lines, with its sums."""

    sums: list[LineSums] = connection_field(
        description="The sums of the whole list, one for each currency; computed only when asked for."
    )
    bounded_sums: list[LineSums] | None = connection_field(
        description="The sums of a list of up to 10 000, null for longer ones. Quick in long lists."
    )
