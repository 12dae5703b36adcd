"""Pages of lists of invoices, with the sums of the whole list, one for each currency."""

import strawberry

from schema.declarations.fields import column, connection_field
from schema.operations.invoices.invoice import Invoice
from schema.shared.money import TotalsFields
from schema.shared.pagination import Connection

SUMS = """{t}.currency, count(*) AS count, sum({t}.net_cents)::bigint AS net_cents,
    sum({t}.vat_cents)::bigint AS vat_cents"""


@strawberry.type(description="The sums of the invoices of a list in one currency.")
class InvoiceSums(TotalsFields):
    """The sums of the invoices of a list in one currency."""

    currency: str = column(description="The currency.")
    count: int = column(description="How many invoices it sums up.")


@strawberry.type(description="A page of a list.")
class InvoiceConnection(Connection[Invoice]):
    """A page of a list of invoices, with its sums."""

    sums: list[InvoiceSums] = connection_field(
        description="The sums of the whole list, one for each currency; computed only when asked for."
    )
    bounded_sums: list[InvoiceSums] | None = connection_field(
        description="The sums of a list of up to 10 000, null for longer ones. Quick in long lists."
    )
