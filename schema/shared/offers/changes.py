"""Changes of an offer, field by field: between two revisions, and since the customer saw one last."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.orders import offer_changes
from schema.declarations.fields import computed

# SQL over an order `{t}`. The offers that were made to its customer of today, the latest first, of which the first is
# the present one unless the order needs no confirmation. What was offered to another customer, or sent back by the
# operator, is none of them.
LAST_SEEN = """(SELECT json_build_object('revision', p.revision, 'at', e.at, 'content', p.content)::text
    FROM events e JOIN offer_revisions p ON p.order_id = e.order_id AND p.revision::text = e.body ->> 'revision'
    JOIN customers c ON c.id = (e.body ->> 'customer_id')::uuid AND {t}.customer_id IN (c.id, c.merged_into_id)
    WHERE e.order_id = {t}.id AND e.name IN ('order.approve', 'order.import')
    ORDER BY e.sequence DESC OFFSET CASE WHEN {t}.skip_confirmation THEN 0 ELSE 1 END LIMIT 1)"""
CURRENT = """(SELECT p.content::text FROM offer_revisions p
    WHERE p.order_id = {t}.id AND p.revision = {t}.offer_revision)"""


@dataclass(frozen=True)
class OfferedFacts:
    """The offer of an order as it stands and the one before it that its customer saw, as JSON texts."""

    current: str | None = fact(CURRENT)
    last_seen: str | None = fact(LAST_SEEN)


@strawberry.type(description="A field of an offer that differs from an earlier one.")
class OfferChange:
    """A field of an offer that differs from an earlier one."""

    label: str = strawberry.field(description="Which field, in the viewer's language.")
    before: str = strawberry.field(description="What it was; empty where it was not there.")
    after: str = strawberry.field(description="What it is; empty where it is not there.")


@strawberry.type(description="What changed in an offer since the customer was made one last.")
class OfferComparison:
    """An offer beside the one that the customer saw before it."""

    revision: int = strawberry.field(description="The revision of the offer that was seen before.")
    offered_at: datetime = strawberry.field(description="When that was made.")
    changes: list[OfferChange] = strawberry.field(description="What differs since, field by field; empty for nothing.")


def compare_offers(
    order: OfferedFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> OfferComparison | None:
    """The differences, or None where the customer has seen no other offer."""
    if order.current is None or order.last_seen is None:
        return None
    seen = json.loads(order.last_seen)
    changes = offer_changes.offer_changes(seen["content"], json.loads(order.current), context.actor.language)
    return OfferComparison(
        revision=seen["revision"],
        offered_at=datetime.fromisoformat(seen["at"]),
        changes=[OfferChange(label=each.label, before=each.before, after=each.after) for each in changes],
    )


def offer_comparison_field() -> Any:
    """The comparison of the offer with the one that its customer saw before it."""
    return computed(
        OfferedFacts,
        compare_offers,
        description="What changed since the offer that was made to this customer before; null where there was none.",
    )
