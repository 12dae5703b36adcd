"""Operations on many orders: how they are begun, canceled, and begun again with what was left."""

from domain.bulk import beginning, guards, moving, stating, takes
from domain.bulk.facts import BulkFacts
from domain.bulk.model import BulkKind, BulkOperation, BulkState
from domain.bulk.sources import BULK_OPERATIONS_SOURCE
from domain.core.actors import OFFICE, Role
from domain.core.availability import Availability
from domain.core.lifecycle import Lifecycle, Transition

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
        source=BULK_OPERATIONS_SOURCE,
        states=BulkState,
        start=start,
        written_elsewhere=ENDED,
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
            by=CARETAKERS,
            target=RUNNING,
            creates=True,
            takes=takes.StatusForMany,
            checks=(*CHOSEN, guards.the_text_is_sound),
            writes=beginning.beginning(BulkKind.CLIENT_STATUS_SET, stating.setting),
        ),
        Transition(
            name="hide",
            doc="Many clients no longer see a status, on any path.",
            by=CARETAKERS,
            target=RUNNING,
            creates=True,
            takes=takes.HidingMany,
            checks=CHOSEN,
            writes=beginning.beginning(BulkKind.CLIENT_STATUS_HIDE, stating.hiding),
        ),
        Transition(
            name="applyTemplate",
            doc="Orders with an older edition of the template get the newest, unless somebody edited them by hand.",
            by=STAFF,
            sources=frozenset({Availability.ACTIVE}),
            target=RUNNING,
            creates=True,
            on_noun="statusTemplate",
            takes=takes.TemplateApplication,
            writes=beginning.apply_template,
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
            by=STAFF,
            target=RUNNING,
            creates=True,
            takes=takes.StageForMany,
            checks=CHOSEN,
            writes=beginning.beginning(BulkKind.STAGE_ENTER, moving.entering),
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
            sources=frozenset({RUNNING}),
            target=BulkState.CANCELED,
            by=CARETAKERS,
            writes=beginning.cancel,
        ),
    ),
    commands=(
        Transition(
            name="retry",
            doc="What failed or was not attempted is tried again, as a new operation of whoever asks for it.",
            sources=ENDED,
            target=RUNNING,
            by=CARETAKERS,
            creates=True,
            on_noun="bulkOperation",
            guards=(guards.something_is_left,),
            writes=beginning.retry,
        ),
    ),
)
BULK = (CLIENT_STATUS_BULK, ORDER_BULK, BULK_OPERATION)
