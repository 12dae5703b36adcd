"""What the customer's review of a delivery still allows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.deliveries import review
from domain.deliveries.facts import DeliveryFacts
from domain.engine.context import EvaluationContext
from domain.engine.facts import facts_subset

ReviewFacts = facts_subset(DeliveryFacts, "review_ends_at", "extensions")


def extensions_left(delivery: Any, _arguments: Mapping[str, Any], context: EvaluationContext) -> int:
    """How often the review may still be extended."""
    left: int = context.settings.max_review_extensions - delivery.extensions
    return max(0, left)


def latest_extension(delivery: Any, arguments: Mapping[str, Any], context: EvaluationContext) -> datetime | None:
    """How far the review can be extended, while one runs and may be extended."""
    if extensions_left(delivery, arguments, context) == 0:
        return None
    return review.latest_extension(delivery, context)
