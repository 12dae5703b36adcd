"""Deliveries, their versions and their reviews, as far as both schemas show the same."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from domain.deliveries import review
from domain.deliveries.facts import DeliveryFacts
from domain.deliveries.model import AcceptedBy
from domain.deliveries.scope import DEFECTS_SCOPE, DELIVERY_VERSIONS_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import facts_subset
from domain.orders.model import ReviewUnit
from domain.uploads.scope import FILES_SCOPE
from schema.declarations.fields import column, computed, to_many, to_one
from schema.shared.files import ArchiveFacts, signed_archive_url
from schema.shared.node import Node
from schema.shared.translated_fields import translated

ORDER_COLUMN = "(SELECT o.{column} FROM orders o WHERE o.id = {{t}}.order_id)"
ReviewFacts = facts_subset(DeliveryFacts, "review_ends_at", "extensions", "review_extensions", "review_extension_days")


def extensions_left(delivery: Any, _arguments: Mapping[str, Any], context: EvaluationContext) -> int:
    """The number of extensions that the review still allows."""
    left: int = review.most_extensions(delivery, context) - delivery.extensions
    return max(0, left)


def latest_extension(delivery: Any, arguments: Mapping[str, Any], context: EvaluationContext) -> datetime | None:
    """The latest end that the review can be extended to; None unless one runs and may be extended."""
    if extensions_left(delivery, arguments, context) == 0:
        return None
    return review.latest_extension(delivery, context)


DEFECT_NUMBER = """(SELECT count(*)::int FROM defects x WHERE x.delivery_id = {t}.delivery_id
    AND x.version_number = {t}.version_number AND x.id <= {t}.id)"""
# The member's answers are a draft until the next version; `{member}` is set for the member alone.
ANSWERS_SEEN = """({member} IS NOT NULL
    OR {t}.version_number < (SELECT d.current_number FROM deliveries d WHERE d.id = {t}.delivery_id))"""


@strawberry.type(description="Something wrong with a version, in the customer's words.")
class Defect(Node):
    """Something wrong with a version."""

    id: strawberry.ID = column(id_prefix="def", description="The defect's identifier.")
    version_number: int = column(description="The version it was found in.")
    number: int = column(DEFECT_NUMBER, description="Its number in that version, from 1.")
    text: str = column(description="What is wrong.")
    file_name: str | None = column(
        "(SELECT f.name FROM files f WHERE f.id = {t}.file_id)", description="The file it is in, where one was named."
    )
    page: int | None = column(description="The page it is on, where one was named.")
    corrected: bool = column(
        f"{{t}}.corrected_at IS NOT NULL AND {ANSWERS_SEEN}",
        description="Whether the provider has corrected it; the customer sees it with the next version.",
    )
    answer: str | None = column(
        f"CASE WHEN {ANSWERS_SEEN} THEN {{t}}.answer END",
        description="What the provider says about it; the customer sees it with the next version.",
    )
    created_at: datetime = column(description="When it was named.")


@strawberry.type
class DeliveryVersionFields(Node):
    """The fields of a submitted version that both schemas show; it never changes."""

    id: strawberry.ID = column(id_prefix="dlv", description="The version's identifier.")
    number: int = column(description="Its number, from 1.")
    description: str = column(description="What was delivered.")
    link: str | None = column(description="Where the work can be seen.")
    archive_url: str | None = computed(
        ArchiveFacts,
        signed_archive_url,
        description="Where this viewer downloads all files as one ZIP for the next hours, within this site; null for "
        "fewer than two.",
    )
    submitted_at: datetime = column(description="When it was submitted.")
    defects: list[Defect] = to_many(
        DEFECTS_SCOPE,
        on="{t}.delivery_id = {p}.delivery_id AND {t}.version_number = {p}.number",
        order="{t}.id",
        limit=50,
        description="What the customer found wrong with it.",
    )


@strawberry.type
class DeliveryFields(Node):
    """The fields of a delivery that both schemas show."""

    id: strawberry.ID = column(id_prefix="del", description="The delivery's identifier.")
    position: int = column(description="Its number within the order, from 1.")
    status_label: str = translated("status.delivery", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    current_number: int = column(description="The number of the newest submitted version; 0 before the first.")
    delivered_at: datetime | None = column(description="When it was last submitted.")
    accepted_at: datetime | None = column(description="When it was accepted.")
    accepted_by: AcceptedBy | None = column(description="Whether by the customer or by silence.")
    rating: int | None = column(description="How content the customer is, from 1 to 5.")
    defects: list[Defect] = to_many(
        DEFECTS_SCOPE,
        on="{t}.delivery_id = {p}.id",
        order="{t}.id",
        limit=100,
        description="Everything the customer found wrong, first to last.",
    )
    canceled_at: datetime | None = column(description="When it was canceled.")


def current_version_field() -> Any:
    """The newest submitted version of a delivery."""
    return to_one(
        DELIVERY_VERSIONS_SCOPE,
        on="{t}.delivery_id = {p}.id AND {t}.number = {p}.current_number",
        description="The newest submitted version.",
    )


def versions_field() -> Any:
    """All submitted versions of a delivery."""
    return to_many(
        DELIVERY_VERSIONS_SCOPE,
        on="{t}.delivery_id = {p}.id",
        order="{t}.number",
        limit=50,
        description="All submitted versions, first to last.",
    )


def files_field(delivery: str, number: str, description: str) -> Any:
    """The files of a version, or of the draft: `delivery` and `number` are SQL over `{p}`."""
    return to_many(
        FILES_SCOPE,
        through="delivery_files",
        on=f"{{v}}.delivery_id = {delivery} AND {{v}}.number = {number} AND {{v}}.file_id = {{t}}.id",
        order="{v}.position",
        limit=100,
        description=description,
    )


def version_files_field() -> Any:
    """The files of a submitted version."""
    return files_field("{p}.delivery_id", "{p}.number", "Its files, in the member's order.")


@strawberry.type
class ReviewFields:
    """The fields of a review that both schemas show."""

    ends_at: datetime | None = column("{t}.review_ends_at", description="When silence means acceptance.")
    awaits_mail: bool = column(
        "{t}.review_awaits_mail", description="Whether it starts only once the mail about it was accepted."
    )
    length: int = column(ORDER_COLUMN.format(column="review_length"), description="How long it lasts as a whole.")
    unit: ReviewUnit = column(ORDER_COLUMN.format(column="review_unit"), description="How that length counts.")
    paused: bool = column(
        "{t}.review_left_seconds IS NOT NULL", description="Whether it rests during a cancellation review."
    )
    extensions: int = column("{t}.extensions", description="How often it was extended.")
    extensions_left: int = computed(ReviewFacts, extensions_left, description="How often it may still be extended.")
    latest_extension: datetime | None = computed(
        ReviewFacts, latest_extension, description="How far it can be extended now."
    )
