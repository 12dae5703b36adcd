"""What each kind of operation does to its orders."""

from collections.abc import Mapping

from domain.bulk import moving, stating
from domain.bulk.doing import Handler
from domain.bulk.model import BulkKind

HANDLERS: Mapping[BulkKind, Handler] = {
    BulkKind.CLIENT_STATUS_SET: stating.apply_status_change,
    BulkKind.CLIENT_STATUS_HIDE: stating.apply_status_change,
    BulkKind.TEMPLATE_APPLY: stating.apply_template,
    BulkKind.STAGE_ENTER: moving.enter_stage_for_many,
}
