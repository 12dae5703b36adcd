"""Inputs of the commands of invoice runs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.billing.model import LineSource
from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of


@dataclass(frozen=True, kw_only=True)
class InvoiceRunSelection:
    """The lines of a run; an empty list selects all."""

    invoice_on_until: date = input_field("The last day on which a selected line is to be invoiced.")
    customer_ids: tuple[UUID, ...] = input_field(
        "Only lines of these customers.", id_prefix="cus", default=(), longest=250
    )
    member_ids: tuple[UUID, ...] = input_field("Only lines of these members.", id_prefix="mem", default=(), longest=250)
    sources: tuple[LineSource, ...] = input_field("Only lines of these origins.", default=(), longest=10)


InvoiceRunAmendment = amendment_of(InvoiceRunSelection, "InvoiceRunAmendment")
