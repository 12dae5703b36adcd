"""What guards of a client status are judged by."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.client_status.model import Visibility
from domain.client_status.sources import MAY_BE_SEEN, of_order
from domain.core.facts import fact


@dataclass(frozen=True)
class ClientStatusFacts:
    """One client status; `may_be_seen` tells whether showing it reaches the customer at this moment."""

    id: UUID = fact("{t}.id")
    status: Visibility = fact("{t}.visibility")
    name: str = fact("{t}.name")
    label: str = fact("{t}.label")
    project: str = fact("(SELECT o.project FROM orders o WHERE o.id = {t}.order_id)")
    order_archived_at: datetime | None = fact("(SELECT o.archived_at FROM orders o WHERE o.id = {t}.order_id)")
    may_be_seen: bool = fact(of_order(MAY_BE_SEEN))
