"""Sums and pages of lists of receivables."""

import strawberry

from domain.receivables import balance
from schema.declarations.fields import column, connection_field
from schema.operations.receivables.receivable import Receivable
from schema.shared.money import Money, money_field
from schema.shared.pagination import Connection

SUMS = f"""{{t}}.currency, count(*) AS count, sum({{t}}.amount_cents)::bigint AS amount_cents,
    sum({balance.REMAINING})::bigint AS remaining_cents,
    coalesce(sum({balance.REMAINING}) FILTER (WHERE {balance.IS_OVERDUE}), 0)::bigint AS overdue_cents"""


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
    bounded_sums: list[ReceivableSums] | None = connection_field(
        description="The sums of a list of up to 10 000, null for longer ones. Quick in long lists."
    )
