"""Lifecycles of operations on many rows: how they are started, canceled and retried."""

from domain.bulk import effects, guards, inputs
from domain.bulk.execution import start
from domain.bulk.facts import BulkFacts
from domain.bulk.handlers import client_status, stage_entry
from domain.bulk.model import BulkKind, BulkOperation, BulkState, BulkSubject
from domain.bulk.moves import bulk_commands
from domain.bulk.scope import BULK_OPERATIONS_SCOPE
from domain.engine.lifecycle import ALL_BUT_CUSTOMERS, ActionWeight, Lifecycle, Transition
from domain.kernel.actors import MEMBER_AND_STAFF, OFFICE, STAFF_ROLE
from domain.kernel.availability import Availability

RUNNING = BulkState.RUNNING
ENDED = frozenset({BulkState.DONE, BulkState.CANCELED, BulkState.FAILED})
SELECTION_VALIDATORS = (
    guards.selected_in_one_way,
    guards.filter_restricts_something,
    guards.count_within_limit,
    guards.atomic_identifiers_are_well_formed,
)


def _operation_lifecycle(
    noun: str,
    *,
    start: BulkState | None,
    transitions: tuple[Transition, ...] = (),
    commands: tuple[Transition, ...] = (),
) -> Lifecycle:
    """A lifecycle over operations. Commands that start one belong to a noun of what is changed, the rest to the
    operation.
    """
    return Lifecycle(
        noun=noun,
        id_prefix="blk",
        model=BulkOperation,
        facts=BulkFacts,
        scope=BULK_OPERATIONS_SCOPE,
        states=BulkState,
        start=start,
        states_set_elsewhere=ENDED,
        status_field="state",
        transitions=transitions,
        commands=commands,
    )


CLIENT_STATUS_BULK = _operation_lifecycle(
    "clientStatusBulk",
    start=None,
    commands=(
        Transition(
            name="set",
            doc="Many clients get one status; each order keeps the name its client knows unless one is given.",
            roles=MEMBER_AND_STAFF,
            to_state=RUNNING,
            creates=True,
            input=inputs.BulkStatusInput,
            validators=(*SELECTION_VALIDATORS, guards.status_text_is_valid),
            effect=start.start_effect(BulkKind.CLIENT_STATUS_SET, client_status.set_parameters),
        ),
        Transition(
            name="hide",
            doc="Many clients no longer see a status, on any path.",
            roles=MEMBER_AND_STAFF,
            to_state=RUNNING,
            creates=True,
            input=inputs.BulkHideInput,
            validators=SELECTION_VALIDATORS,
            effect=start.start_effect(BulkKind.CLIENT_STATUS_HIDE, client_status.hide_parameters),
        ),
        Transition(
            name="applyTemplate",
            doc="Orders with an older edition of the template get the newest, unless they were edited by hand.",
            roles=STAFF_ROLE,
            from_states=frozenset({Availability.ACTIVE}),
            to_state=RUNNING,
            creates=True,
            parent_noun="statusTemplate",
            input=inputs.BulkTemplateInput,
            effect=effects.apply_template,
        ),
    ),
)
ORDER_BULK = _operation_lifecycle(
    "orderBulk",
    start=None,
    commands=(
        Transition(
            name="enterStage",
            doc="Many orders enter one stage of the board, or leave the board.",
            roles=STAFF_ROLE,
            to_state=RUNNING,
            creates=True,
            input=inputs.BulkStageInput,
            validators=SELECTION_VALIDATORS,
            effect=start.start_effect(BulkKind.STAGE_ENTER, stage_entry.stage_entry_parameters),
            audience=OFFICE,
        ),
        *bulk_commands(BulkSubject.ORDER, SELECTION_VALIDATORS),
    ),
)
LINE_BULK = _operation_lifecycle("lineBulk", start=None, commands=bulk_commands(BulkSubject.LINE, SELECTION_VALIDATORS))
INVOICE_BULK = _operation_lifecycle(
    "invoiceBulk", start=None, commands=bulk_commands(BulkSubject.INVOICE, SELECTION_VALIDATORS)
)
RECEIVABLE_BULK = _operation_lifecycle(
    "receivableBulk", start=None, commands=bulk_commands(BulkSubject.RECEIVABLE, SELECTION_VALIDATORS)
)
CLAIM_BULK = _operation_lifecycle(
    "claimBulk", start=None, commands=bulk_commands(BulkSubject.CLAIM, SELECTION_VALIDATORS)
)
BULK_OPERATION = _operation_lifecycle(
    "bulkOperation",
    start=RUNNING,
    transitions=(
        Transition(
            name="cancel",
            weight=ActionWeight.DANGER,
            doc="What has no result yet is left as it is.",
            from_states=frozenset({RUNNING}),
            to_state=BulkState.CANCELED,
            roles=ALL_BUT_CUSTOMERS,
            effect=effects.cancel,
        ),
    ),
    commands=(
        Transition(
            name="retry",
            doc="What failed or was not attempted is tried again, as a new operation of the account that retries.",
            from_states=ENDED,
            to_state=RUNNING,
            roles=ALL_BUT_CUSTOMERS,
            creates=True,
            parent_noun="bulkOperation",
            guards=(guards.something_to_retry,),
            effect=effects.retry,
        ),
    ),
)
BULK = (CLIENT_STATUS_BULK, ORDER_BULK, LINE_BULK, INVOICE_BULK, RECEIVABLE_BULK, CLAIM_BULK, BULK_OPERATION)
STARTING_COMMANDS = frozenset((item.noun, move.name) for item in BULK for move in item.moves.values() if move.creates)
