"""The kinds of operations on rows of any noun; nouns above this one add theirs."""

from collections.abc import Mapping

from domain.bulk.execution.locking import lock_for_moves, lock_visible_orders
from domain.bulk.handlers import client_status, stage_entry
from domain.bulk.handlers.base import Handler, OperationKind
from domain.bulk.model import BulkKind
from domain.bulk.moves import MOVE_HANDLERS, MOVES

ORDER_HANDLERS: Mapping[BulkKind, Handler] = {
    BulkKind.CLIENT_STATUS_SET: client_status.apply_status_change,
    BulkKind.CLIENT_STATUS_HIDE: client_status.apply_status_change,
    BulkKind.TEMPLATE_APPLY: client_status.apply_template,
    BulkKind.STAGE_ENTER: stage_entry.enter_stage_for_many,
}
KINDS: Mapping[BulkKind, OperationKind] = {
    **{kind: OperationKind(handler=each, lock=lock_visible_orders) for kind, each in ORDER_HANDLERS.items()},
    **{
        kind: OperationKind(handler=MOVE_HANDLERS[kind], lock=lock_for_moves(move.subject))
        for kind, move in MOVES.items()
    },
}
