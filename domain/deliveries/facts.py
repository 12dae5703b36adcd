"""Facts of a delivery, which its guards and deadlines evaluate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.deliveries.model import AcceptedBy, DeliveryStatus
from domain.engine.facts import fact
from domain.orders.model import OrderStatus, ReviewStart, ReviewUnit


def of_order(column: str) -> str:
    """SQL for one column of the delivery's order."""
    return f"(SELECT o.{column} FROM orders o WHERE o.id = {{t}}.order_id)"


IS_FOR_A_CONSUMER = """(SELECT c.kind = 'CONSUMER' FROM orders o JOIN customers c ON c.id = o.customer_id
    WHERE o.id = {t}.order_id)"""

DRAFT_FILES = """(SELECT count(*) FROM delivery_files v WHERE v.delivery_id = {t}.id
    AND v.number = {t}.current_number + 1)"""

UNANSWERED_DEFECTS = """(SELECT count(*) FROM defects f WHERE f.delivery_id = {t}.id
    AND f.version_number = {t}.current_number AND f.corrected_at IS NULL AND f.answer IS NULL)"""


@dataclass(frozen=True)
class DeliveryFacts:
    """One delivery as its guards see it, with the review rules of its order."""

    id: UUID = fact("{t}.id")
    status: DeliveryStatus = fact("{t}.status")
    order_id: UUID = fact("{t}.order_id")
    order_status: OrderStatus = fact(of_order("status"))
    order_archived_at: datetime | None = fact(of_order("archived_at"))
    is_for_a_consumer: bool = fact(IS_FOR_A_CONSUMER)
    delivery_due_at: datetime | None = fact(of_order("delivery_due_at"))
    review_length: int = fact(of_order("review_length"))
    review_unit: ReviewUnit = fact(of_order("review_unit"))
    review_start: ReviewStart = fact(of_order("review_start"))
    review_extensions: int | None = fact(of_order("review_extensions"))
    review_extension_days: int | None = fact(of_order("review_extension_days"))
    draft_description: str = fact("{t}.draft_description")
    draft_link: str | None = fact("{t}.draft_link")
    draft_files: int = fact(DRAFT_FILES)
    unanswered_defects: int = fact(UNANSWERED_DEFECTS)
    current_number: int = fact("{t}.current_number")
    delivered_at: datetime | None = fact("{t}.delivered_at")
    review_ends_at: datetime | None = fact("{t}.review_ends_at")
    review_left_seconds: int | None = fact("{t}.review_left_seconds")
    review_awaits_mail: bool = fact("{t}.review_awaits_mail")
    extensions: int = fact("{t}.extensions")
    accepted_by: AcceptedBy | None = fact("{t}.accepted_by")
    accepted_at: datetime | None = fact("{t}.accepted_at")
    rating: int | None = fact("{t}.rating")
