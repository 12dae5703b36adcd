"""Facts of a supplement, which its guards and deadlines evaluate."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.engine.facts import fact
from domain.orders.model import OrderStatus
from domain.supplements.model import SupplementStatus

IS_FOR_A_CONSUMER = """(SELECT c.kind = 'CONSUMER' FROM orders o JOIN customers c ON c.id = o.customer_id
    WHERE o.id = {t}.order_id)"""


@dataclass(frozen=True)
class SupplementFacts:
    """One supplement as its guards see it."""

    id: UUID = fact("{t}.id")
    status: SupplementStatus = fact("{t}.status")
    order_id: UUID = fact("{t}.order_id")
    order_status: OrderStatus = fact("(SELECT o.status FROM orders o WHERE o.id = {t}.order_id)")
    line_id: UUID = fact("{t}.line_id")
    is_for_a_consumer: bool = fact(IS_FOR_A_CONSUMER)
    valid_until: date = fact("{t}.valid_until")
    offered_at: datetime = fact("{t}.offered_at")
