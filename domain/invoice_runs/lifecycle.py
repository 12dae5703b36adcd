"""Lifecycle of an invoice run: selected, composed, printed and posted, in steps that are operations on its invoices."""

from domain.bulk.model import BulkKind
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import ActionWeight, Choice, Lifecycle, Transition
from domain.invoice_runs import effects, guards, inputs
from domain.invoice_runs.facts import InvoiceRunFacts
from domain.invoice_runs.model import InvoiceRun, InvoiceRunStatus
from domain.invoice_runs.scope import INVOICE_RUNS_SCOPE
from domain.kernel.actors import CLOCK_ROLE, FINANCE_ROLE

ON_HOLD, IN_PROCESS = InvoiceRunStatus.ON_HOLD, InvoiceRunStatus.IN_PROCESS
COMPOSED = frozenset({InvoiceRunStatus.COMPOSED, InvoiceRunStatus.PRINTED, InvoiceRunStatus.POSTED})
UNISSUED = ("ON_HOLD", "READY_TO_SUBMIT", "READY_TO_PRINT")
# The operation is locked before its run, as its portions do.
OPERATION = """SELECT o.id FROM bulk_operations o WHERE o.id IN (SELECT r.operation_id FROM invoice_runs r
    WHERE r.id IN (SELECT wanted.id FROM wanted)) ORDER BY o.id FOR UPDATE OF o"""


def reached_status(run: InvoiceRunFacts, context: EvaluationContext) -> InvoiceRunStatus:
    """The step that the run's invoices have reached."""
    return run.reached


TRANSITIONS = (
    Transition(
        name="compose",
        weight=ActionWeight.PRIMARY,
        doc="The selected lines become invoices, as the plan shows; the others are listed with their reason.",
        from_states=frozenset({ON_HOLD}),
        to_state=IN_PROCESS,
        roles=FINANCE_ROLE,
        guards=(guards.no_operation_runs, guards.something_to_compose),
        effect=effects.compose,
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="advance",
        doc="The run follows its invoices: composed, printed, posted, or on hold again when all were undone.",
        from_states=COMPOSED | {ON_HOLD, IN_PROCESS},
        to_state=Choice(states=COMPOSED | {ON_HOLD}, choose=reached_status),
        roles=CLOCK_ROLE,
        audience=FINANCE_ROLE,
    ),
)
COMMANDS = (
    Transition(
        name="create",
        weight=ActionWeight.PRIMARY,
        doc="Select the lines of a run; nothing is composed yet.",
        roles=FINANCE_ROLE,
        to_state=ON_HOLD,
        creates=True,
        input=inputs.InvoiceRunSelection,
        effect=effects.create,
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="amend",
        doc="Change what is given of the selection, as long as nothing is composed.",
        from_states=frozenset({ON_HOLD}),
        roles=FINANCE_ROLE,
        input=inputs.InvoiceRunAmendment,
        effect=effects.amend,
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="delete",
        weight=ActionWeight.DANGER,
        doc="Throw a run away that has issued nothing and has no drafts.",
        from_states=frozenset({ON_HOLD}),
        roles=FINANCE_ROLE,
        guards=(guards.no_operation_runs,),
        effect=effects.delete,
        deletes=True,
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="print",
        weight=ActionWeight.PRIMARY,
        doc="Issue all invoices of the run that are ready; what is being checked waits, what is held stays.",
        from_states=COMPOSED,
        roles=FINANCE_ROLE,
        guards=(guards.no_operation_runs, guards.something_to_print),
        effect=effects.start(BulkKind.INVOICE_PRINT, "READY_TO_PRINT"),
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="post",
        doc="Post all invoices of the run that were sent and are not posted yet.",
        from_states=COMPOSED,
        roles=FINANCE_ROLE,
        guards=(guards.no_operation_runs, guards.something_to_post),
        effect=effects.start(BulkKind.INVOICE_POST, "PRINTED"),
        audience=FINANCE_ROLE,
    ),
    Transition(
        name="undo",
        weight=ActionWeight.DANGER,
        doc="Take all invoices of the run apart that are not issued; their lines are free again.",
        from_states=COMPOSED,
        roles=FINANCE_ROLE,
        guards=(guards.no_operation_runs, guards.something_to_undo),
        effect=effects.start(BulkKind.INVOICE_DECOMPOSE, *UNISSUED),
        audience=FINANCE_ROLE,
    ),
)

INVOICE_RUNS = Lifecycle(
    noun="invoiceRun",
    id_prefix="ivr",
    model=InvoiceRun,
    facts=InvoiceRunFacts,
    scope=INVOICE_RUNS_SCOPE,
    states=InvoiceRunStatus,
    start=ON_HOLD,
    transitions=TRANSITIONS,
    commands=COMMANDS,
    rows_to_lock=OPERATION,
)
STARTING_COMMANDS = frozenset((INVOICE_RUNS.noun, name) for name in ("compose", "print", "post", "undo"))
