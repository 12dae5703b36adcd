"""The handler of each kind of operation."""

from collections.abc import Mapping

from domain.bulk.handlers import client_status, stage_entry
from domain.bulk.handlers.base import Handler
from domain.bulk.model import BulkKind
from domain.bulk.moves import MOVE_HANDLERS

HANDLERS: Mapping[BulkKind, Handler] = {
    BulkKind.CLIENT_STATUS_SET: client_status.apply_status_change,
    BulkKind.CLIENT_STATUS_HIDE: client_status.apply_status_change,
    BulkKind.TEMPLATE_APPLY: client_status.apply_template,
    BulkKind.STAGE_ENTER: stage_entry.enter_stage_for_many,
    **MOVE_HANDLERS,
}
