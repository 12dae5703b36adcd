"""The revisions of an offer: which were approved and confirmed, what changed each time, and any two compared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.orders import offer_changes as differences
from schema.declarations.fields import column, computed, field_argument
from schema.shared.orders.offer_changes import OfferChange, as_changes

PREVIOUS = """(SELECT p.content::text FROM offer_revisions p
    WHERE p.order_id = {t}.order_id AND p.revision = {t}.revision - 1)"""

APPROVED_AT = """(SELECT max(e.at) FROM events e WHERE e.order_id = {t}.order_id AND e.name = 'order.approve'
    AND e.body ->> 'revision' = {t}.revision::text)"""
CONFIRMED_AT = """(SELECT o.confirmed_at FROM orders o
    WHERE o.id = {t}.order_id AND o.confirmed_revision = {t}.revision)"""
ALL = "(SELECT json_object_agg(p.revision, p.content)::text FROM offer_revisions p WHERE p.order_id = {t}.id)"


@dataclass(frozen=True)
class RevisionFacts:
    """A revision of an offer and the one before it, as JSON texts."""

    content: str = fact("{t}.content::text")
    previous: str | None = fact(PREVIOUS)


def offer_changes(
    revision: RevisionFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[differences.OfferChange]:
    """What changed since the revision before; nothing of the first."""
    if revision.previous is None:
        return []
    before, after = json.loads(revision.previous), json.loads(revision.content)
    return differences.offer_changes(before, after, context.actor.language)


@strawberry.type(description="An offer as it was submitted once; it never changes.")
class OfferRevision:
    """An offer as it was submitted once."""

    revision: int = column(description="Its number, the first is 1.")
    created_at: datetime = column(description="When it was submitted.")
    approved_at: datetime | None = column(
        APPROVED_AT, description="When the operator approved it last; null for one that it did not."
    )
    confirmed_at: datetime | None = column(
        CONFIRMED_AT, description="When the customer confirmed it; null for one that they did not."
    )
    changes: list[OfferChange] = computed(
        RevisionFacts, offer_changes, description="What differs from the revision before, field by field."
    )


@dataclass(frozen=True)
class AllRevisionsFacts:
    """All revisions of an order's offer, by their numbers, as one JSON text."""

    contents: str | None = fact(ALL)


@strawberry.type(description="Two revisions of an offer beside each other.")
class RevisionComparison:
    """Two revisions of an offer beside each other."""

    before: int = strawberry.field(description="The revision that is compared.")
    after: int = strawberry.field(description="The one that it is compared with.")
    changes: list[OfferChange] = strawberry.field(description="What differs, field by field; empty for nothing.")


def compare_revisions(
    order: AllRevisionsFacts, arguments: Mapping[str, Any], context: EvaluationContext
) -> RevisionComparison | None:
    """The differences between any two revisions; None where one of them does not exist."""
    contents = json.loads(order.contents or "{}")
    before, after = arguments["before"], arguments["after"]
    if str(before) not in contents or str(after) not in contents:
        return None
    changes = differences.offer_changes(contents[str(before)], contents[str(after)], context.actor.language)
    return RevisionComparison(before=before, after=after, changes=as_changes(changes))


def revision_comparison_field() -> Any:
    """Any two revisions of an order's offer, compared."""
    return computed(
        AllRevisionsFacts,
        compare_revisions,
        arguments=[
            field_argument("before", int, description="The number of a revision."),
            field_argument("after", int, description="The number of the revision to compare it with."),
        ],
        description="What differs between any two revisions of the offer; null where one of them does not exist.",
    )
