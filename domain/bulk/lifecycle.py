"""Operations on many orders: how they are begun, canceled, and begun again with what was left."""

from domain.bulk import beginning, guards, moving, stating, takes
from domain.bulk.facts import BulkFacts
from domain.bulk.model import BulkKind, BulkOperation, BulkState
from domain.bulk.sources import BULK_OPERATIONS_SOURCE
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import OFFICE, Role
from domain.kernel.availability import Availability

CARETAKERS = frozenset({Role.MEMBER, Role.STAFF})
STAFF = frozenset({Role.STAFF})
RUNNING = BulkState.RUNNING
ENDED = frozenset({BulkState.DONE, BulkState.CANCELED, BulkState.FAILED})
CHOSEN = (guards.orders_are_named_or_described, guards.they_are_not_too_many)


def _of_operations(
    noun: str,
    *,
    start: BulkState | None,
    transitions: tuple[Transition, ...] = (),
    commands: tuple[Transition, ...] = (),
) -> Lifecycle:
    """Nouns that are all about operations: what begins them is named after what is done, the rest after themselves."""
    return Lifecycle(
        noun=noun,
        id_prefix="blk",
        model=BulkOperation,
        facts=BulkFacts,
        scope=BULK_OPERATIONS_SOURCE,
        states=BulkState,
        start=start,
        states_set_elsewhere=ENDED,
        status_field="state",
        transitions=transitions,
        commands=commands,
    )


CLIENT_STATUS_BULK = _of_operations(
    "clientStatusBulk",
    start=None,
    commands=(
        Transition(
            name="set",
            doc="Many clients are told one status; each order keeps the name its client knows unless one is given.",
            roles=CARETAKERS,
            to_state=RUNNING,
            creates=True,
            input=takes.StatusForMany,
            validators=(*CHOSEN, guards.the_text_is_sound),
            effect=beginning.beginning(BulkKind.CLIENT_STATUS_SET, stating.setting),
        ),
        Transition(
            name="hide",
            doc="Many clients no longer see a status, on any path.",
            roles=CARETAKERS,
            to_state=RUNNING,
            creates=True,
            input=takes.HidingMany,
            validators=CHOSEN,
            effect=beginning.beginning(BulkKind.CLIENT_STATUS_HIDE, stating.hiding),
        ),
        Transition(
            name="applyTemplate",
            doc="Orders with an older edition of the template get the newest, unless somebody edited them by hand.",
            roles=STAFF,
            from_states=frozenset({Availability.ACTIVE}),
            to_state=RUNNING,
            creates=True,
            parent_noun="statusTemplate",
            input=takes.TemplateApplication,
            effect=beginning.apply_template,
        ),
    ),
)
ORDER_BULK = _of_operations(
    "orderBulk",
    start=None,
    commands=(
        Transition(
            name="enterStage",
            doc="Many orders enter one stage of the board, or leave the board.",
            roles=STAFF,
            to_state=RUNNING,
            creates=True,
            input=takes.StageForMany,
            validators=CHOSEN,
            effect=beginning.beginning(BulkKind.STAGE_ENTER, moving.entering),
            audience=OFFICE,
        ),
    ),
)
BULK_OPERATION = _of_operations(
    "bulkOperation",
    start=RUNNING,
    transitions=(
        Transition(
            name="cancel",
            doc="The orders that have no result yet are left as they are.",
            from_states=frozenset({RUNNING}),
            to_state=BulkState.CANCELED,
            roles=CARETAKERS,
            effect=beginning.cancel,
        ),
    ),
    commands=(
        Transition(
            name="retry",
            doc="What failed or was not attempted is tried again, as a new operation of whoever asks for it.",
            from_states=ENDED,
            to_state=RUNNING,
            roles=CARETAKERS,
            creates=True,
            parent_noun="bulkOperation",
            guards=(guards.something_is_left,),
            effect=beginning.retry,
        ),
    ),
)
BULK = (CLIENT_STATUS_BULK, ORDER_BULK, BULK_OPERATION)
