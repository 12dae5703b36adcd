"""Lifecycle of a receivable: opened by posting its invoice or imported, paid in parts, disputed, written off.

What concerns reminders stands in `reminders/lifecycle.py`.
"""

from domain.billing.model import InvoiceStatus
from domain.engine.lifecycle import EVERYONE, ActionWeight, DerivedState, Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, FINANCE_ROLE, MEMBER_ROLE, Role
from domain.receivables import effects, guards, inputs, opening_balances
from domain.receivables.balance import status_of
from domain.receivables.facts import ReceivableFacts
from domain.receivables.model import Receivable, ReceivableStatus
from domain.receivables.reminders.lifecycle import REMINDER_COMMANDS, REMINDER_TIMERS, REMINDER_TRANSITIONS
from domain.receivables.scope import RECEIVABLES_SCOPE

ANY = frozenset(ReceivableStatus)
OPEN, PARTLY_PAID, PAID = ReceivableStatus.OPEN, ReceivableStatus.PARTLY_PAID, ReceivableStatus.PAID
UNPAID = frozenset({OPEN, PARTLY_PAID})
BY_SUMS = DerivedState(states=ANY, derive=status_of)
ORDER_OF_RECEIVABLE = "SELECT r.order_id FROM receivables r WHERE r.id = {id} AND r.order_id IS NOT NULL"
# A reversal locks the invoice, so that it waits for a payment of the same invoice and the other way round.
LOCK_INVOICES = """SELECT i.id FROM invoices i
    WHERE i.id IN (SELECT r.invoice_id FROM receivables r WHERE r.id IN (SELECT wanted.id FROM wanted))
    ORDER BY i.id FOR UPDATE OF i"""

TRANSITIONS = (
    Transition(
        name="open",
        doc="A posted invoice asks its customer for money; one over nothing is paid at once.",
        from_states=frozenset({InvoiceStatus.POSTED}),
        to_state=DerivedState(states=frozenset({OPEN, PAID}), derive=status_of),
        roles=CLOCK_ROLE,
        creates=True,
        parent_noun="invoice",
        guards=(guards.asks_for_payment, guards.has_not_asked_yet),
        joint_effect=effects.open_receivables,
    ),
    Transition(
        name="import",
        doc="What a customer still owes of an invoice of an earlier system becomes an open item.",
        to_state=OPEN,
        roles=CLOCK_ROLE,
        creates=True,
        input=inputs.OpeningBalance,
        validators=opening_balances.VALIDATORS,
        effect=opening_balances.import_opening_balance,
        audience=frozenset({Role.FINANCE, Role.ADMIN}),
    ),
    Transition(
        name="recordPayment",
        weight=ActionWeight.PRIMARY,
        doc="Finance records what was received; more than is owed can be refunded.",
        from_states=ANY,
        to_state=DerivedState(states=ANY - {OPEN}, derive=status_of),
        roles=FINANCE_ROLE,
        input=inputs.Payment,
        validators=(guards.payment_is_possible,),
        effect=effects.record_payment,
        notifies=MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="recordTransfer",
        doc="A transaction of the bank pays all or part of it, as finance has booked it.",
        from_states=ANY,
        to_state=DerivedState(states=ANY - {OPEN}, derive=status_of),
        roles=CLOCK_ROLE,
        input=inputs.Transfer,
        effect=effects.record_transfer,
        notifies=MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="reverseTransfer",
        doc="Finance takes back what it has booked of a transaction of the bank.",
        from_states=frozenset({PARTLY_PAID, PAID}),
        to_state=BY_SUMS,
        roles=CLOCK_ROLE,
        input=inputs.TransferReversal,
        guards=(guards.something_was_paid,),
        effect=effects.reverse_transfer,
        audience=EVERYONE,
    ),
    Transition(
        name="reversePayment",
        doc="A payment is taken back: it was booked by mistake, or the bank called it back.",
        from_states=frozenset({PARTLY_PAID, PAID}),
        to_state=BY_SUMS,
        roles=FINANCE_ROLE,
        input=inputs.PaymentReversal,
        guards=(guards.something_was_paid,),
        effect=effects.reverse_payment,
        audience=EVERYONE,
    ),
    Transition(
        name="refund",
        doc="What was paid too much is paid back to the customer.",
        from_states=frozenset({PAID}),
        to_state=DerivedState(states=frozenset({OPEN, PAID}), derive=status_of),
        roles=FINANCE_ROLE,
        input=inputs.Refund,
        guards=(guards.is_overpaid,),
        validators=(guards.refund_is_possible,),
        effect=effects.refund,
        audience=EVERYONE,
    ),
    Transition(
        name="cancel",
        doc="A cancellation invoice takes back all or part of what is owed.",
        from_states=ANY,
        to_state=BY_SUMS,
        roles=CLOCK_ROLE,
        input=inputs.CancellationDocument,
        effect=effects.take_back,
        audience=EVERYONE,
    ),
)

COMMANDS = (
    Transition(
        name="dispute",
        doc="The customer does not agree with the invoice, with a reason; finance may record that for them.",
        from_states=UNPAID,
        roles=CUSTOMER_ROLE | FINANCE_ROLE,
        input=inputs.Dispute,
        guards=(guards.is_not_disputed, guards.something_is_owed),
        effect=effects.dispute,
        notifies=FINANCE_ROLE | MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="resolve",
        doc="The dispute is over; the customer reads what was agreed.",
        from_states=ANY,
        roles=FINANCE_ROLE,
        input=inputs.Resolution,
        guards=(guards.is_disputed,),
        effect=effects.resolve,
        notifies=CUSTOMER_ROLE | MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="writeOff",
        weight=ActionWeight.DANGER,
        doc="Finance gives up what remains, up to the operator's limit.",
        from_states=UNPAID,
        roles=FINANCE_ROLE,
        input=inputs.WriteOff,
        guards=(guards.something_remains, guards.one_person_decides),
        effect=effects.write_off,
    ),
    Transition(
        name="proposeWriteOff",
        weight=ActionWeight.DANGER,
        doc="Above the operator's limit, finance proposes to give up what remains; a second person decides.",
        from_states=UNPAID,
        roles=FINANCE_ROLE,
        input=inputs.WriteOff,
        guards=(guards.something_remains, guards.two_people_decide, guards.no_write_off_is_proposed),
        effect=effects.propose_write_off,
        notifies=FINANCE_ROLE,
        audience=frozenset({Role.FINANCE, Role.ADMIN}),
    ),
    Transition(
        name="approveWriteOff",
        weight=ActionWeight.DANGER,
        doc="A second person agrees to give up what remains.",
        from_states=UNPAID,
        roles=FINANCE_ROLE,
        guards=(guards.write_off_is_proposed, guards.proposed_by_another_account),
        effect=effects.approve_write_off,
    ),
    Transition(
        name="refuseWriteOff",
        doc="What remains is not given up; the one who proposed it may take that back as well.",
        from_states=UNPAID,
        roles=FINANCE_ROLE,
        input=inputs.WriteOff,
        guards=(guards.write_off_is_proposed,),
        effect=effects.refuse_write_off,
        audience=frozenset({Role.FINANCE, Role.ADMIN}),
    ),
)

RECEIVABLES = Lifecycle(
    noun="receivable",
    id_prefix="rcv",
    model=Receivable,
    facts=ReceivableFacts,
    scope=RECEIVABLES_SCOPE,
    states=ReceivableStatus,
    start=None,
    transitions=TRANSITIONS + REMINDER_TRANSITIONS,
    commands=COMMANDS + REMINDER_COMMANDS,
    reminders=REMINDER_TIMERS,
    orders_to_lock=ORDER_OF_RECEIVABLE,
    rows_to_lock=LOCK_INVOICES,
)
