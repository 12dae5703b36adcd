"""Entries of a budget, what it still expects, and its figures by order."""

from datetime import date, datetime
from enum import StrEnum

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.billing.scope import INVOICES_SCOPE
from domain.budgets.facts import AVAILABLE
from domain.budgets.model import BudgetEntryKind
from domain.claims.scope import CLAIMS_SCOPE
from domain.kernel.actors import ActorKind
from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import column, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.accounts import Account
from schema.operations.references import AClaim, AnInvoice, AnOrder
from schema.shared.enums import describe_enum
from schema.shared.field_order import field_order
from schema.shared.filters import DateFilter, EnumFilter, IdFilter
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.translated_fields import translated

EURO = "'EUR'"
FINANCE = frozenset({ActorKind.FINANCE, ActorKind.ADMIN})


class BudgetStage(StrEnum):
    """How far an expected inflow is."""

    PLANNED = "PLANNED"
    INVOICED = "INVOICED"


describe_enum(
    BudgetEntryKind,
    "What changed a budget.",
    INFLOW="The share of what a customer paid.",
    GUARANTEE="The share of an invoice that was posted and whose payment is guaranteed.",
    REVERSAL="A share was taken back with a payment or by a cancellation invoice.",
    CLAWBACK="What was granted by guarantee and never paid was taken back.",
    CORRECTION="Finance corrected the budget.",
    CLAIM_RESERVED="A claim was submitted: its amount is held.",
    CLAIM_RELEASED="What was held for a claim is free again, or was paid.",
    CLAIM_PAID="A claim was paid.",
    CLAIM_RETURNED="The bank returned what was paid for a claim.",
)
describe_enum(
    BudgetStage,
    "How far an expected inflow is.",
    PLANNED="It is agreed and not invoiced yet.",
    INVOICED="It is invoiced and not received yet.",
)


@field_order("id kind kind_label amount booked_on note invoice order claim entered_by created_at")
@strawberry.type(description="Something that changed a budget; it never changes itself.")
class BudgetEntry(Node):
    """Something that changed a budget."""

    id: strawberry.ID = column(id_prefix="bue", description="The entry's identifier.")
    kind: BudgetEntryKind = column(description="What it is.")
    kind_label: str = translated("status.budgetEntry", "{t}.kind", description="That in the viewer's language.")
    amount: Money = money_field("{t}.amount_cents", currency=EURO, description="What it adds to what is available.")
    booked_on: date = column(description="The day on which it counts.")
    note: str = column(description="The number of the invoice, the reason of a correction, or what is claimed.")
    invoice: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.invoice_id", description="The invoice it comes from."
    )
    order: AnOrder | None = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order it counts for.")
    claim: AClaim | None = to_one(CLAIMS_SCOPE, on="{t}.id = {p}.claim_id", description="The claim that it follows.")
    entered_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.entered_by_id", only_for=FINANCE, description="Who entered it."
    )
    created_at: datetime = column(description="When it was booked.")


@strawberry.type(description="A share that is expected to come in.")
class BudgetExpectation:
    """A share that is expected to come in."""

    stage: BudgetStage = column(description="How far it is.")
    amount: Money = money_field("{t}.amount_cents", currency=EURO, description="The share: net less the fee.")
    expected_on: date | None = column(description="The planned day of the invoice, or the day until which to pay it.")
    title: str = column(description="The text of the line, or the number of the invoice.")
    invoice: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.invoice_id", description="The invoice, where there is one."
    )
    order: AnOrder | None = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order it belongs to.")


@strawberry.type(description="The figures of a budget for one order.")
class OrderBudget:
    """The figures of a budget for one order."""

    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order; null for what belongs to none."
    )
    planned: Money = money_field("{t}.planned_cents", currency=EURO, description="Agreed and not invoiced yet.")
    invoiced: Money = money_field("{t}.invoiced_cents", currency=EURO, description="Invoiced and not received yet.")
    received: Money = money_field(
        "{t}.received_cents", currency=EURO, description="Received, less what was taken back."
    )
    reserved: Money = money_field("{t}.reserved_cents", currency=EURO, description="Held for claims.")
    paid: Money = money_field("{t}.paid_cents", currency=EURO, description="Paid for claims.")
    available: Money = money_field(AVAILABLE, currency=EURO, description="What can still be claimed.")


@where_input(description="Which entries to list; all that is given must hold.")
class BudgetEntryWhere:
    """The filter of entries."""

    id: IdFilter | None = filter_field(id_prefix="bue", description="By identifier.")
    kind: EnumFilter[BudgetEntryKind] | None = filter_field(description="By what they are.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By order.")
    invoice: IdFilter | None = filter_field("{t}.invoice_id", id_prefix="inv", description="By invoice.")
    booked_on: DateFilter | None = filter_field(description="By day.")


BUDGET_ENTRY_SORTS = ordering(
    "BudgetEntry",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was booked."),
)
