"""Transitions that issue an invoice, and the moves that are possible afterwards."""

from domain.billing import due_times, inputs
from domain.billing.effects import archive, issue, reversal
from domain.billing.effects import invoices as effects
from domain.billing.guards import documents, exchange_rates, retention
from domain.billing.guards import invoices as guards
from domain.billing.model import InvoiceStatus
from domain.engine.lifecycle import EVERYONE, ActionWeight, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, FINANCE_ROLE, MEMBER_ROLE

PRINTED, POSTED = InvoiceStatus.PRINTED, InvoiceStatus.POSTED
CAN_BE_REDATED = frozenset({InvoiceStatus.ON_HOLD, InvoiceStatus.READY_TO_SUBMIT, InvoiceStatus.READY_TO_PRINT})

ISSUE_TRANSITIONS = (
    Transition(
        name="print",
        weight=ActionWeight.PRIMARY,
        doc="Issue the invoice: it is frozen, numbered and sent.",
        from_states=frozenset({InvoiceStatus.READY_TO_PRINT}),
        to_state=PRINTED,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        guards=(
            guards.no_order_is_being_canceled,
            guards.has_items,
            guards.total_is_not_negative,
            guards.items_are_described,
            guards.items_have_service_period,
            guards.operator_is_complete,
            guards.customer_is_complete,
            guards.required_vat_ids_are_present,
            guards.tax_rates_match_issue_date,
            guards.small_business_shows_no_tax,
            guards.out_of_scope_stands_alone,
            exchange_rates.amounts_are_known_in_euro,
            documents.official_rules_hold,
        ),
        due=due_times.print_due,
        basis="invoice_on",
        joint_effect=issue.print_invoices,
        notifies=CUSTOMER_ROLE | MEMBER_ROLE,
        audience=EVERYONE,
        in_bulk=True,
    ),
    Transition(
        name="post",
        weight=ActionWeight.PRIMARY,
        doc="The sent invoice goes into the books; its lines are consumed.",
        from_states=frozenset({PRINTED}),
        to_state=POSTED,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        guards=(guards.sending_is_recorded, documents.documents_are_stored),
        due=due_times.post_due,
        basis="sent_at",
        joint_effect=issue.post,
        in_bulk=True,
    ),
)

COMMANDS = (
    Transition(
        name="redate",
        doc="Date the invoice today or earlier; it is recomputed with the tax rates of that day.",
        from_states=CAN_BE_REDATED,
        roles=FINANCE_ROLE,
        input=inputs.InvoiceDate,
        validators=(guards.date_is_not_in_future, guards.date_fits_service_period, guards.approved_amount_is_unchanged),
        effect=effects.redate,
    ),
    Transition(
        name="setExchangeRate",
        doc="Finance enters the rate at which the tax of an invoice in another currency is stated in euros.",
        from_states=CAN_BE_REDATED,
        roles=FINANCE_ROLE,
        input=inputs.ExchangeRate,
        guards=(exchange_rates.currency_is_not_euro,),
        validators=(exchange_rates.rate_is_possible,),
        effect=effects.set_exchange_rate,
    ),
    Transition(
        name="recordSending",
        doc="The invoice has reached its customer: the mail server took it, or finance says how it was sent.",
        from_states=frozenset({PRINTED}),
        roles=FINANCE_ROLE | CLOCK_ROLE,
        input=inputs.Sending,
        validators=(guards.sending_has_reason,),
        is_satisfied=lambda invoice: invoice.sent_at is not None,
        effect=issue.record_sending,
        notifies=MEMBER_ROLE,
    ),
    Transition(
        name="retryRendering",
        doc="Finance has the documents of an issued invoice rendered again, after all attempts have failed.",
        from_states=frozenset({PRINTED, POSTED}),
        roles=FINANCE_ROLE,
        guards=(documents.rendering_has_failed,),
        effect=issue.retry_rendering,
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="archive",
        doc="Take an issued invoice out of the lists once it need not be kept any longer; it stays as it is.",
        from_states=frozenset({PRINTED, POSTED}),
        roles=FINANCE_ROLE,
        guards=(retention.is_not_archived, retention.retention_is_over),
        effect=archive.archive,
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="reverse",
        weight=ActionWeight.DANGER,
        doc="Issue a cancellation invoice that names this one and takes back all or part of it.",
        from_states=frozenset({PRINTED, POSTED}),
        to_state=PRINTED,
        roles=FINANCE_ROLE | CLOCK_ROLE,
        creates=True,
        parent_noun="invoice",
        input=inputs.Reversal,
        guards=(
            guards.is_not_cancellation_invoice,
            guards.is_not_fully_reversed,
            documents.documents_have_not_failed,
        ),
        effect=reversal.reverse,
        notifies=CUSTOMER_ROLE | MEMBER_ROLE,
        audience=EVERYONE,
    ),
)
