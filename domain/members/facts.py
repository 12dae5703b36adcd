"""Facts of a member, which guards evaluate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.engine.facts import fact
from domain.parties.model import MembershipStatus

MAX_NAMED = 10
RUNNING_ORDERS = """ARRAY(SELECT o.number FROM orders o WHERE o.member_id = {t}.id AND o.deleted_at IS NULL
    AND o.status IN ('IN_REVIEW', 'AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW')
    ORDER BY o.number LIMIT {limit})"""
OPEN_DELIVERIES = """ARRAY(SELECT DISTINCT o.number FROM deliveries d JOIN orders o ON o.id = d.order_id
    WHERE o.member_id = {t}.id AND o.deleted_at IS NULL
    AND d.status IN ('DRAFT', 'DELIVERED', 'REVISION_REQUESTED') ORDER BY o.number LIMIT {limit})"""
UNISSUED_INVOICES = """ARRAY(SELECT i.provisional_number FROM invoices i WHERE i.member_id = {t}.id
    AND i.status NOT IN ('PRINTED', 'POSTED', 'CANCELED') ORDER BY i.provisional_number LIMIT {limit})"""
OPEN_BUDGET = """EXISTS (SELECT 1 FROM member_budgets b WHERE b.member_id = {t}.id
    AND (b.received_cents <> b.paid_cents OR b.reserved_cents <> 0))"""


def _named(sql: str) -> str:
    return sql.replace("{limit}", str(MAX_NAMED))


@dataclass(frozen=True)
class MemberFacts:
    """A member as its guards see it; what is open is named by its number, the first ten of each."""

    id: UUID = fact("{t}.id")
    status: MembershipStatus = fact("{t}.status")
    proposed_at: datetime | None = fact("{t}.proposed_at")
    running_orders: tuple[str, ...] = fact(_named(RUNNING_ORDERS))
    open_deliveries: tuple[str, ...] = fact(_named(OPEN_DELIVERIES))
    unissued_invoices: tuple[str, ...] = fact(_named(UNISSUED_INVOICES))
    has_budget: bool = fact(OPEN_BUDGET)
