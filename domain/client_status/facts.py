"""What guards of a client status are judged by."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.client_status.model import KeptUntil, Visibility
from domain.client_status.sources import MAY_BE_SEEN, of_order
from domain.client_status.stale import STALE_AT
from domain.core.facts import fact

PENDING_FROM = "(SELECT p.visible_from FROM pending_statuses p WHERE p.id = {t}.id)"


def _meant(name: str) -> str:
    """SQL: what waits out a quiet period counts as said already; a text by hand is one before it is seen."""
    waits = "FROM pending_statuses p WHERE p.id = {t}.id"
    return f"CASE WHEN EXISTS (SELECT 1 {waits}) THEN (SELECT p.{name} {waits}) ELSE {{t}}.{name} END"


@dataclass(frozen=True)
class ClientStatusFacts:
    """One client status as it is meant to be, but for its visibility, which is what the client has now.

    `may_be_seen` tells whether showing it reaches the customer at this moment.
    """

    id: UUID = fact("{t}.id")
    status: Visibility = fact("{t}.visibility")
    label: str = fact(_meant("label_de"))
    expected_on: date | None = fact(_meant("expected_on"))
    has_customer: bool = fact("{t}.customer_id IS NOT NULL")
    kept_until: KeptUntil | None = fact(_meant("kept_until"))
    kept_until_on: date | None = fact(_meant("kept_until_on"))
    pending_from: datetime | None = fact(PENDING_FROM)
    shown_since: datetime | None = fact("{t}.shown_since")
    delivery_due_at: datetime | None = fact("(SELECT o.delivery_due_at FROM orders o WHERE o.id = {t}.order_id)")
    order_archived_at: datetime | None = fact("(SELECT o.archived_at FROM orders o WHERE o.id = {t}.order_id)")
    stale_at: datetime | None = fact(STALE_AT)
    may_be_seen: bool = fact(of_order(MAY_BE_SEEN))
