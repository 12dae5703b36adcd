"""The moves that issue an invoice, and what can still happen to it afterwards."""

from domain.billing import deadlines, guards_invoices, issuing, reversal, takes, writes_invoices
from domain.billing.model import InvoiceStatus
from domain.engine.lifecycle import EVERYONE, Transition
from domain.kernel.actors import Role

PRINTED, POSTED = InvoiceStatus.PRINTED, InvoiceStatus.POSTED
FINANCE, CLOCK, CUSTOMER = frozenset({Role.FINANCE}), frozenset({Role.CLOCK}), frozenset({Role.CUSTOMER})
CAN_BE_REDATED = frozenset({InvoiceStatus.ON_HOLD, InvoiceStatus.READY_TO_SUBMIT, InvoiceStatus.READY_TO_PRINT})

ISSUED = (
    Transition(
        name="print",
        doc="Issue the invoice: it is frozen, numbered and sent.",
        from_states=frozenset({InvoiceStatus.READY_TO_PRINT}),
        to_state=PRINTED,
        roles=FINANCE | CLOCK,
        guards=(
            guards_invoices.no_order_is_being_canceled,
            guards_invoices.it_has_items,
            guards_invoices.every_item_is_described,
            guards_invoices.every_item_names_its_service_period,
            guards_invoices.the_operator_is_complete,
            guards_invoices.the_customer_is_complete,
            guards_invoices.vat_ids_are_there_where_they_are_needed,
            guards_invoices.the_tax_rates_are_those_of_its_date,
        ),
        due=deadlines.print_due,
        basis="invoice_on",
        effect=issuing.print_invoice,
        notifies=CUSTOMER,
        audience=EVERYONE,
    ),
    Transition(
        name="post",
        doc="The sent invoice goes into the books; its lines are consumed.",
        from_states=frozenset({PRINTED}),
        to_state=POSTED,
        roles=FINANCE | CLOCK,
        guards=(guards_invoices.sending_is_recorded,),
        due=deadlines.post_due,
        basis="sent_at",
        effect=issuing.post,
    ),
)

COMMANDS = (
    Transition(
        name="redate",
        doc="Date the invoice today or earlier; it is recomputed with the tax rates of that day.",
        from_states=CAN_BE_REDATED,
        roles=FINANCE,
        input=takes.InvoiceDate,
        validators=(guards_invoices.the_date_is_not_in_the_future, guards_invoices.an_approved_amount_stays),
        effect=writes_invoices.redate,
    ),
    Transition(
        name="recordSending",
        doc="The invoice has reached its customer: the mail server took it, or finance says how it was sent.",
        from_states=frozenset({PRINTED}),
        roles=FINANCE | CLOCK,
        input=takes.Sending,
        validators=(guards_invoices.finance_says_how_it_was_sent,),
        is_satisfied=lambda invoice: invoice.sent_at is not None,
        effect=issuing.record_sending,
    ),
    Transition(
        name="reverse",
        doc="Issue a cancellation invoice that names this one and takes back all or part of it.",
        from_states=frozenset({PRINTED, POSTED}),
        to_state=PRINTED,
        roles=FINANCE | CLOCK,
        creates=True,
        parent_noun="invoice",
        input=takes.Reversal,
        guards=(guards_invoices.it_is_no_cancellation_invoice, guards_invoices.it_is_not_fully_reversed),
        effect=reversal.reverse,
        notifies=CUSTOMER,
        audience=EVERYONE,
    ),
)
