"""Sums of a list of invoices, one for each currency."""

import strawberry

from schema.declarations.fields import column
from schema.shared.money import TotalsFields

SUMS = """{t}.currency, count(*) AS count, sum({t}.net_cents)::bigint AS net_cents,
    sum({t}.vat_cents)::bigint AS vat_cents"""


@strawberry.type(description="The sums of the invoices of a list in one currency.")
class InvoiceSums(TotalsFields):
    """The sums of the invoices of a list in one currency."""

    currency: str = column(description="The currency.")
    count: int = column(description="How many invoices it sums up.")
