"""The operator and its settings in the operations schema."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from domain.engine.context import FEE_TODAY, EvaluationContext
from domain.kernel.actors import ActorKind
from domain.kernel.calendar import FederalState
from domain.kernel.i18n import translate
from domain.operator.checklist import ChecklistFacts, Milestone, missing_steps
from domain.operator.model import ChartOfAccounts, CustomerAccess, TaxRegime
from domain.operator.scope import BASE_RATES_SCOPE, FEE_RATES_SCOPE
from schema.declarations.fields import column, computed, to_many
from schema.operations.api_profile import OPEN_ACTIONS
from schema.shared.actions import OpenAction
from schema.shared.enums import describe_enum
from schema.shared.field_order import field_order
from schema.shared.node import Node
from schema.shared.parties import OperatorFields

IN_APPROVAL = "(SELECT count(*) FROM invoices i WHERE i.status IN ('READY_TO_SUBMIT', 'PENDING_APPROVAL'))"

describe_enum(
    Milestone,
    "What a firm that begins works towards.",
    FIRST_ORDER="The first order.",
    FIRST_INVOICE="The first invoice.",
    FIRST_MAIL="The first mail.",
)


@strawberry.type(description="Something that is still missing before the firm can begin.")
class MissingStep:
    """A step that is still missing."""

    milestone: Milestone = strawberry.field(description="What it is needed for.")
    code: str = strawberry.field(description="What is missing, as a stable word.")
    label: str = strawberry.field(description="That in the viewer's language.")


@strawberry.type(description="The operator's fee from a day on.")
class FeeRate:
    """A fee and the day from which it holds."""

    percent: Decimal = column(description="In percent of net.")
    holds_from: date = column(description="The first day on which it holds.")


@strawberry.type(description="The base rate of statutory interest from a day on.")
class BaseRate:
    """A base rate and the day from which it holds."""

    percent: Decimal = column(description="In percent.")
    holds_from: date = column(description="The first day on which it holds.")


def checklist(facts: ChecklistFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[MissingStep]:
    """What is missing, in the order in which it is needed."""
    language = context.actor.language
    return [
        MissingStep(milestone=step.milestone, code=step.code, label=translate(language, f"setup_step.{step.code}"))
        for step in missing_steps(facts)
    ]


ADMIN, FINANCE = {ActorKind.ADMIN}, {ActorKind.ADMIN, ActorKind.FINANCE}


def _for_finance(description: str) -> Any:
    return column(only_for=FINANCE, description=description)


def _account(description: str) -> Any:
    return _for_finance(f"{description}; that of the chart if empty.")


@field_order(
    """
    id version name name_de name_en street postcode city country email contact_name phone vat_id tax_number tax_regime
    iban bic bank_name zone federal_state today language approval_workflow invoices_in_approval customer_access
    fee_percent fee_rates max_review_extensions max_review_extension_days
    late_after_hours very_late_after_hours supplements_are_confirmed
    supplement_days payment_days write_off_limit_euros claim_approval_limit_euros
    guarantee_pays_at_posting reminders_are_automatic
    friendly_reminder_days first_reminder_days formal_reminder_days friendly_reminder_fee first_reminder_fee
    formal_reminder_fee interest_is_charged base_rates friendly_reminder_de friendly_reminder_en first_reminder_de
    first_reminder_en formal_reminder_de formal_reminder_en chart_of_accounts ledger_consultant ledger_client
    fiscal_year_month ledger_digits ledger_bank ledger_first_customer ledger_revenue_standard ledger_revenue_reduced
    ledger_revenue_exempt ledger_revenue_small_business ledger_revenue_reverse_charge ledger_revenue_intra_community
    ledger_revenue_export ledger_revenue_zero_rated ledger_revenue_out_of_scope ledger_loss_standard
    ledger_loss_reduced ledger_loss_untaxed ledger_charge_fees ledger_charge_interest further_ibans
    staff_second_factor_required invoice_retention_years verification_requested_at order_prefix invoice_format
    cancellation_format imprint imprint_de imprint_en privacy privacy_de privacy_en withdrawal_de withdrawal_en
    support_contact accent_color has_logo missing_steps open_actions
    """
)
@strawberry.type(description="The operator of this platform.")
class Operator(Node, OperatorFields):
    """The operator of this platform."""

    id: strawberry.ID = column(id_prefix="opr", description="The identifier of the settings.")
    version: int = column(description="Counts their changes; for `expectedVersion`.")
    name_de: str = column(description="The name in German.")
    name_en: str = column(description="The name in English.")
    contact_name: str = column(description="Whom customers ask about an invoice.")
    phone: str = column(description="Their telephone number.")
    vat_id: str = column(description="The VAT identification number.")
    tax_number: str = column(description="The tax number.")
    tax_regime: TaxRegime = column(description="Whether invoices show value added tax.")
    iban: str = column(description="The bank account.")
    bic: str = column(description="Its bank's identifier.")
    bank_name: str = column(description="The bank.")
    federal_state: FederalState = column(description="The state whose public holidays count.")
    language: str = column(description="The language of people who have not chosen one, `de` or `en`.")
    approval_workflow: bool = column(description="Whether invoices need somebody's approval.")
    invoices_in_approval: int | None = column(
        IN_APPROVAL,
        only_for=FINANCE,
        description="How many invoices are submitted or to be submitted; they finish that way when approval is "
        "switched off.",
    )
    customer_access: CustomerAccess = column(description="How much customers see unless an order says else.")
    fee_percent: Decimal = column(FEE_TODAY, description="The operator's fee today, in percent of net.")
    fee_rates: list[FeeRate] = to_many(
        FEE_RATES_SCOPE,
        on="TRUE",
        order="{t}.holds_from DESC",
        limit=50,
        description="The fee and the day from which it holds, the latest first.",
    )
    max_review_extensions: int = column(description="How often a customer may extend a review.")
    max_review_extension_days: int = column(description="By how many days at most.")
    late_after_hours: int = column(description="How many hours after the agreed instant a delivery counts as late.")
    very_late_after_hours: int = column(description="How many hours after it the delivery counts as very late.")
    supplements_are_confirmed: bool = column(
        description="Whether customers are asked to confirm a proposed invoice that makes their order's total grow."
    )
    write_off_limit_euros: int = column(
        description="Up to how many euros one person alone writes off what a customer owes."
    )
    claim_approval_limit_euros: int = column(
        description="Up to how many euros one person alone approves a member's claim; above it two people agree."
    )
    guarantee_pays_at_posting: bool = column(
        description="Whether a guaranteed invoice counts in the budget of its member once it is posted."
    )
    supplement_days: int = column(description="How many days they have to answer.")
    payment_days: int = column(description="How many days customers have to pay.")
    reminders_are_automatic: bool = column(
        description="Whether reminders of unpaid invoices go by themselves; otherwise finance sends them."
    )
    friendly_reminder_days: int = column(description="How many days after the due day the friendly reminder goes.")
    first_reminder_days: int = column(description="And the first reminder.")
    formal_reminder_days: int = column(description="And the formal reminder.")
    friendly_reminder_fee: Decimal = column(description="What the friendly reminder charges.")
    first_reminder_fee: Decimal = column(description="What the first reminder charges.")
    formal_reminder_fee: Decimal = column(description="What the formal reminder charges.")
    interest_is_charged: bool = column(description="Whether reminders charge statutory interest.")
    base_rates: list[BaseRate] = to_many(
        BASE_RATES_SCOPE,
        on="TRUE",
        order="{t}.holds_from DESC",
        limit=50,
        description="The base rates of statutory interest, the latest first; for finance and administrators.",
    )
    friendly_reminder_de: str = column(description="The operator's text of the friendly reminder in German, or empty.")
    friendly_reminder_en: str = column(description="That in English.")
    first_reminder_de: str = column(description="The operator's text of the first reminder in German, or empty.")
    first_reminder_en: str = column(description="That in English.")
    formal_reminder_de: str = column(description="The operator's text of the formal reminder in German, or empty.")
    formal_reminder_en: str = column(description="That in English.")
    chart_of_accounts: ChartOfAccounts = column(description="The chart of accounts of the bookkeeping.")
    ledger_consultant: int | None = _for_finance("The number of the tax consultant at DATEV.")
    ledger_client: int | None = _for_finance("The number under which the tax consultant keeps the operator.")
    fiscal_year_month: int = column(description="The month in which the fiscal year begins.")
    ledger_digits: int = column(description="How many digits general ledger accounts have.")
    ledger_bank: int | None = _account("The account of the bank")
    ledger_first_customer: int | None = _account("The account of the first customer")
    ledger_revenue_standard: int | None = _account("Revenue with the standard rate of VAT")
    ledger_revenue_reduced: int | None = _account("Revenue with the reduced rate")
    ledger_revenue_exempt: int | None = _account("Exempt revenue")
    ledger_revenue_small_business: int | None = _account("Revenue of a small business")
    ledger_revenue_reverse_charge: int | None = _account("Revenue whose VAT the customer owes")
    ledger_revenue_intra_community: int | None = _account("Intra-community supplies")
    ledger_revenue_export: int | None = _account("Exports")
    ledger_revenue_zero_rated: int | None = _account("Revenue with a rate of zero")
    ledger_revenue_out_of_scope: int | None = _account("Revenue that is not taxable in Germany")
    ledger_loss_standard: int | None = _account("What is written off of revenue with the standard rate")
    ledger_loss_reduced: int | None = _account("What is written off of revenue with the reduced rate")
    ledger_loss_untaxed: int | None = _account("What is written off of all other revenue")
    ledger_charge_fees: int | None = _account("Fees of reminders")
    ledger_charge_interest: int | None = _account("Interest that reminders charge")
    further_ibans: str | None = _for_finance("Further accounts of the operator whose statements are read.")
    staff_second_factor_required: bool = column(
        description="Whether staff, finance and administrators need a second factor to sign in."
    )
    invoice_retention_years: int = column(
        description="How many years issued invoices are kept from the end of their year."
    )
    verification_requested_at: datetime | None = column(
        only_for=ADMIN, description="When an administrator last asked for a verification of the history."
    )
    order_prefix: str = column(description="What the numbers of orders begin with.")
    invoice_format: str = column(description="The format of the numbers of invoices.")
    cancellation_format: str = column(description="That of cancellation invoices.")
    imprint_de: str = column(description="The imprint in German.")
    imprint_en: str = column(description="The imprint in English.")
    privacy_de: str = column(description="The privacy notice in German.")
    privacy_en: str = column(description="The privacy notice in English.")
    withdrawal_de: str = column(description="The withdrawal notice in German.")
    withdrawal_en: str = column(description="The withdrawal notice in English.")
    missing_steps: list[MissingStep] | None = computed(
        ChecklistFacts,
        checklist,
        only_for=ADMIN,
        description="What is missing before the first order, the first invoice and the first mail; for administrators.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("operator")
