"""What each kind of operation does to its orders."""

from collections.abc import Mapping

from domain.bulk import moving, stating
from domain.bulk.doing import Performer
from domain.bulk.model import BulkKind

PERFORMERS: Mapping[BulkKind, Performer] = {
    BulkKind.CLIENT_STATUS_SET: stating.state,
    BulkKind.CLIENT_STATUS_HIDE: stating.state,
    BulkKind.TEMPLATE_APPLY: stating.apply_template,
    BulkKind.STAGE_ENTER: moving.enter,
}
