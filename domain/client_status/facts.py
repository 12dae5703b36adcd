"""Facts of a client status, which guards evaluate."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.client_status.contradictions.rules import CONTRADICTS, of_own_order
from domain.client_status.model import KeptUntil, Visibility
from domain.client_status.scope import ORDER_IS_VISIBLE
from domain.engine.facts import embedded_facts, fact, related_facts
from domain.orders.phase import PHASE, Phase
from domain.status_templates.kinds import StatusKind


@dataclass(frozen=True)
class StatusContent:
    """The content of a status, as far as changes depend on it."""

    has_label: bool = fact("{t}.label_de <> ''")
    has_expected_day: bool = fact("{t}.expected_on IS NOT NULL")
    kept_until: KeptUntil | None = fact("{t}.kept_until")
    kept_until_on: date | None = fact("{t}.kept_until_on")


@dataclass(frozen=True)
class PendingContent(StatusContent):
    """The content that a status has when its quiet period is over."""

    visible_from: datetime = fact("{t}.visible_from")


@dataclass(frozen=True)
class StatusOrderFacts:
    """The facts of its order; with `may_be_seen` a shown status is visible to the customer now."""

    has_delivery_day: bool = fact("{t}.delivery_due_at IS NOT NULL")
    is_archived: bool = fact("{t}.archived_at IS NOT NULL")
    may_be_seen: bool = fact(f"({ORDER_IS_VISIBLE})")


@dataclass(frozen=True)
class SharedStatusFacts:
    """Only facts that changes depend on, so that ten thousand statuses share a handful of values.

    `status` is what the client has now; `was_shown_to_customer` is true when the client has been notified of it.
    """

    status: Visibility = fact("{t}.visibility")
    has_customer: bool = fact("{t}.customer_id IS NOT NULL")
    was_shown_to_customer: bool = fact("{t}.shown_since IS NOT NULL")
    current: StatusContent = embedded_facts(StatusContent)
    pending: PendingContent | None = related_facts(PendingContent, "pending_statuses {r} WHERE {r}.id = {t}.id")
    order: StatusOrderFacts = related_facts(StatusOrderFacts, "orders {r} WHERE {r}.id = {t}.order_id")

    @property
    def intended(self) -> StatusContent:
        """The pending content where there is one, else the current one; a pending text by hand is held already."""
        return self.pending or self.current


@dataclass(frozen=True)
class ClientStatusFacts(SharedStatusFacts):
    """The facts of one client status."""

    id: UUID = fact("{t}.id")
    kind: StatusKind | None = fact("{t}.kind")
    contradicts_facts: bool = fact(of_own_order(CONTRADICTS))
    phase: Phase = fact(of_own_order(PHASE))
