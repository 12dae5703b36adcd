"""What guards of a client status are judged by."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.client_status.model import KeptUntil, Visibility
from domain.client_status.sources import MAY_BE_SEEN, of_order
from domain.client_status.stale import STALE_AT
from domain.core.facts import fact

PENDING_FROM = "(SELECT p.visible_from FROM pending_statuses p WHERE p.id = {t}.id)"


@dataclass(frozen=True)
class ClientStatusFacts:
    """One client status; `may_be_seen` tells whether showing it reaches the customer at this moment."""

    id: UUID = fact("{t}.id")
    status: Visibility = fact("{t}.visibility")
    label: str = fact("{t}.label_de")
    expected_on: date | None = fact("{t}.expected_on")
    customer_id: UUID | None = fact("{t}.customer_id")
    kept_until: KeptUntil | None = fact("{t}.kept_until")
    kept_until_on: date | None = fact("{t}.kept_until_on")
    pending_from: datetime | None = fact(PENDING_FROM)
    shown_since: datetime | None = fact("{t}.shown_since")
    delivery_due_at: datetime | None = fact("(SELECT o.delivery_due_at FROM orders o WHERE o.id = {t}.order_id)")
    order_archived_at: datetime | None = fact("(SELECT o.archived_at FROM orders o WHERE o.id = {t}.order_id)")
    stale_at: datetime | None = fact(STALE_AT)
    may_be_seen: bool = fact(of_order(MAY_BE_SEEN))
