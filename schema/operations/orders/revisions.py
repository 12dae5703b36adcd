"""The revisions of an offer, each with what changed since the one before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.orders import offer_changes as differences
from schema.declarations.fields import column, computed
from schema.shared.offers.changes import OfferChange

PREVIOUS = """(SELECT p.content::text FROM offer_revisions p
    WHERE p.order_id = {t}.order_id AND p.revision = {t}.revision - 1)"""


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
    changes: list[OfferChange] = computed(
        RevisionFacts, offer_changes, description="What differs from the revision before, field by field."
    )
