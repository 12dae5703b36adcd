"""Changes of an offer, field by field: between two revisions, and since the customer saw one last."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.orders import offer_changes
from schema.declarations.fields import computed, field_argument

# SQL over an order `{t}`. The offers that were made to its customer of today, the latest first, of which the first is
# the present one unless the order needs no confirmation. What was offered to another customer, or sent back by the
# operator, is none of them.
LAST_SEEN = """(SELECT json_build_object('revision', p.revision, 'at', e.at, 'content', p.content)::text
    FROM events e JOIN offer_revisions p ON p.order_id = e.order_id AND p.revision::text = e.body ->> 'revision'
    JOIN customers c ON c.id = (e.body ->> 'customer_id')::uuid AND {t}.customer_id IN (c.id, c.merged_into_id)
    WHERE e.order_id = {t}.id AND e.name IN ('order.approve', 'order.import')
    ORDER BY e.sequence DESC OFFSET CASE WHEN {t}.skip_confirmation THEN 0 ELSE 1 END LIMIT 1)"""
# All offers that its customer of today saw, the present one among them, in their order.
SEEN = """(SELECT json_agg(json_build_object('revision', s.revision, 'at', s.at, 'content', s.content)
        ORDER BY s.revision)::text
    FROM (SELECT DISTINCT ON (p.revision) p.revision, coalesce(e.at, p.created_at) AS at, p.content
        FROM offer_revisions p LEFT JOIN (events e JOIN customers c ON c.id = (e.body ->> 'customer_id')::uuid)
            ON e.order_id = p.order_id AND e.name IN ('order.approve', 'order.import')
            AND e.body ->> 'revision' = p.revision::text AND {t}.customer_id IN (c.id, c.merged_into_id)
        WHERE p.order_id = {t}.id AND (c.id IS NOT NULL OR p.revision = {t}.offer_revision)
        ORDER BY p.revision, e.sequence DESC) s)"""
CURRENT = """(SELECT p.content::text FROM offer_revisions p
    WHERE p.order_id = {t}.id AND p.revision = {t}.offer_revision)"""


@dataclass(frozen=True)
class OfferedFacts:
    """The offer of an order as it stands and the one before it that its customer saw, as JSON texts."""

    current: str | None = fact(CURRENT)
    last_seen: str | None = fact(LAST_SEEN)
    seen: str | None = fact(SEEN)


@dataclass(frozen=True)
class SeenFacts:
    """The offers that an order's customer saw, as a JSON text."""

    seen: str | None = fact(SEEN)


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


@strawberry.type(description="An offer that was made to the customer.")
class OfferedRevision:
    """An offer that was made to the customer."""

    revision: int = strawberry.field(description="Its number.")
    offered_at: datetime = strawberry.field(description="When it was made.")


def offered_revisions(
    order: SeenFacts, _arguments: Mapping[str, Any], _context: EvaluationContext
) -> list[OfferedRevision]:
    """The offers that the customer saw, the first one first."""
    return [
        OfferedRevision(revision=each["revision"], offered_at=datetime.fromisoformat(each["at"]))
        for each in json.loads(order.seen or "[]")
    ]


def compare_offers(
    order: OfferedFacts, arguments: Mapping[str, Any], context: EvaluationContext
) -> OfferComparison | None:
    """The differences, or None where the customer has not seen one of the offers, or no other than the present one."""
    known = {each["revision"]: each for each in json.loads(order.seen or "[]")}
    before, after = arguments.get("before"), arguments.get("after")
    last_seen = json.loads(order.last_seen) if order.last_seen else None
    seen = last_seen if before is None else known.get(before)
    current = json.loads(order.current) if order.current else None
    beside = current if after is None else known.get(after, {}).get("content")
    if seen is None or beside is None:
        return None
    changes = offer_changes.offer_changes(seen["content"], beside, context.actor.language)
    return OfferComparison(
        revision=seen["revision"], offered_at=datetime.fromisoformat(seen["at"]), changes=as_changes(changes)
    )


def as_changes(changes: Iterable[offer_changes.OfferChange]) -> list[OfferChange]:
    """The differences as the API shows them."""
    return [OfferChange(label=each.label, before=each.before, after=each.after) for each in changes]


def offer_comparison_field() -> Any:
    """The comparison of the offer with the one that its customer saw before it."""
    return computed(
        OfferedFacts,
        compare_offers,
        arguments=[
            field_argument(
                "before", int | None, default=None, description="The offer to compare; the last one before by default."
            ),
            field_argument(
                "after",
                int | None,
                default=None,
                description="The offer to compare it with; the present one by default.",
            ),
        ],
        description="What changed since the offer that was made to this customer before, or between any two that they "
        "saw; null where there is none.",
    )


def offered_revisions_field() -> Any:
    """The offers that an order's customer saw."""
    return computed(
        SeenFacts,
        offered_revisions,
        description="The offers that were made to this customer, the first one first; `confirmation` names the one "
        "that they confirmed.",
    )
