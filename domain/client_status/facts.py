"""What guards of a client status are judged by."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.client_status.model import KeptUntil, Visibility
from domain.client_status.sources import MAY_BE_SEEN, of_order
from domain.core.facts import fact

PENDING_FROM = "(SELECT p.visible_from FROM pending_statuses p WHERE p.id = {t}.id)"


def _meant(name: str) -> str:
    """SQL: what waits out a quiet period counts as said already; a text by hand is one before it is seen."""
    waits = "FROM pending_statuses p WHERE p.id = {t}.id"
    return f"CASE WHEN EXISTS (SELECT 1 {waits}) THEN (SELECT p.{name} {waits}) ELSE {{t}}.{name} END"


@dataclass(frozen=True)
class Situation:
    """A client status as it is meant to be, but for its visibility, which is what the client has now.

    Only what changes are judged by, so that ten thousand statuses are in a handful of situations. `may_be_seen` tells
    whether showing it reaches the customer at this moment, `was_told` whether the client knows that it is shown.
    """

    status: Visibility = fact("{t}.visibility")
    has_label: bool = fact(f"{_meant('label_de')} <> ''")
    has_expected_day: bool = fact(f"{_meant('expected_on')} IS NOT NULL")
    has_customer: bool = fact("{t}.customer_id IS NOT NULL")
    kept_until: KeptUntil | None = fact(_meant("kept_until"))
    kept_until_on: date | None = fact(_meant("kept_until_on"))
    pending_from: datetime | None = fact(PENDING_FROM)
    was_told: bool = fact("{t}.shown_since IS NOT NULL")
    has_delivery_day: bool = fact(of_order("{t}.delivery_due_at IS NOT NULL"))
    order_is_archived: bool = fact(of_order("{t}.archived_at IS NOT NULL"))
    may_be_seen: bool = fact(of_order(MAY_BE_SEEN))


@dataclass(frozen=True)
class ClientStatusFacts(Situation):
    """The situation of one client status."""

    id: UUID = fact("{t}.id")
