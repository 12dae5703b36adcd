"""The words in which the demo's stories are told; every day counts from today."""

from datetime import timedelta
from typing import Any

from domain.billing.takes import Composition
from domain.client_status.model import KeptUntil
from domain.client_status.takes import StatusText
from domain.deliveries.takes import Acceptance, DeliveryDraft, ReviewExtension, RevisionRequest, Submission
from domain.demo.story import Scene, Scenery
from domain.orders.model import CommentVisibility
from domain.orders.takes import CancellationReason, CommentText, Confirmation, OptionalComment

MEMBER, CUSTOMER, STAFF, FINANCE, FINANCE2 = "member", "customer", "staff", "finance", "finance2"


def of_order(day: int, who: str, move: str, takes: Any = None, *, hour: int = 13) -> Scene:
    return Scene(day=day, hour=hour, who=who, noun="order", move=move, takes=takes)


def submitted(day: int) -> Scene:
    return of_order(day, MEMBER, "submit", hour=10)


def approved(day: int, comment: str | None = None) -> Scene:
    return of_order(day, STAFF, "approve", OptionalComment(comment=comment), hour=11)


def confirmed(day: int) -> Scene:
    def takes(found: Scenery) -> Confirmation:
        return Confirmation(name=found.name, revision=found.order.offer_revision)

    return of_order(day, CUSTOMER, "confirm", takes, hour=12)


def offered(day: int) -> tuple[Scene, ...]:
    """Submitted on that day and approved on the next."""
    return submitted(day), approved(day + 1)


def agreed(day: int) -> tuple[Scene, ...]:
    """Submitted on that day, approved on the next, confirmed two days later."""
    return *offered(day), confirmed(day + 3)


def cancellation_asked(day: int, reason: str) -> Scene:
    return of_order(day, MEMBER, "requestCancellation", CancellationReason(reason=reason))


def cancellation_approved(day: int, comment: str) -> Scene:
    return of_order(day, STAFF, "approveCancellation", OptionalComment(comment=comment))


def said(day: int, who: str, text: str, readers: CommentVisibility = CommentVisibility.CUSTOMER) -> Scene:
    return of_order(day, who, "comment", CommentText(text=text, visibility=readers), hour=15)


def of_delivery(day: int, who: str, move: str, takes: Any = None, *, hour: int = 18, nth: int = 1) -> Scene:
    return Scene(day=day, hour=hour, who=who, noun="delivery", move=move, takes=takes, nth=nth)


def drafted(day: int, text: str, nth: int = 1) -> tuple[Scene, ...]:
    """A delivery is opened and described, but not handed over."""
    return of_delivery(day, MEMBER, "create", hour=16, nth=nth), _described(day, text, nth)


def delivered(day: int, text: str, nth: int = 1) -> tuple[Scene, ...]:
    return *drafted(day, text, nth), _handed_over(day, "submit", nth)


def delivered_again(day: int, text: str, nth: int = 1) -> tuple[Scene, ...]:
    return _described(day, text, nth), _handed_over(day, "resubmit", nth)


def _described(day: int, text: str, nth: int) -> Scene:
    link = f"https://ablage.werkstand.example/{sum(text.encode()) % 100_000}"
    return of_delivery(day, MEMBER, "describe", DeliveryDraft(description=text, link=link), hour=16, nth=nth)


def _handed_over(day: int, move: str, nth: int) -> Scene:
    return of_delivery(day, MEMBER, move, Submission(), hour=17, nth=nth)


def accepted(day: int, rating: int | None = None, nth: int = 1) -> Scene:
    def takes(found: Scenery) -> Acceptance:
        assert found.delivery is not None
        return Acceptance(version_number=found.delivery.current_number, rating=rating)

    return of_delivery(day, CUSTOMER, "accept", takes, nth=nth)


def revision_asked(day: int, *defects: str, nth: int = 1) -> Scene:
    return of_delivery(day, CUSTOMER, "requestRevision", RevisionRequest(defects=defects), nth=nth)


def more_time_taken(day: int, *, days: int) -> Scene:
    def takes(found: Scenery) -> ReviewExtension:
        assert found.delivery is not None
        assert found.delivery.review_ends_at is not None
        return ReviewExtension(until=found.delivery.review_ends_at + timedelta(days=days))

    return of_delivery(day, CUSTOMER, "extendReview", takes)


def shown(day: int, label: str, description: str, expected: int | None = None) -> Scene:
    """The client status from the template of this label, explained by hand; the expected day counts from today, too."""

    def takes(found: Scenery) -> StatusText:
        expected_on = None if expected is None else found.today + timedelta(days=expected)
        return StatusText(
            template_id=found.templates[label],
            description=description,
            expected_on=expected_on,
            kept_until=KeptUntil.NEXT_MOVE,
        )

    return Scene(day=day, hour=14, who=STAFF, noun="clientStatus", move="show", takes=takes)


def hidden(day: int) -> Scene:
    return Scene(day=day, hour=14, who=STAFF, noun="clientStatus", move="hide")


def of_line(day: int, move: str, nth: int = 1) -> Scene:
    return Scene(day=day, hour=9, who=FINANCE, noun="line", move=move, nth=nth)


def of_invoice(day: int, who: str, move: str, takes: Any = None, *, hour: int = 12) -> Scene:
    return Scene(day=day, hour=hour, who=who, noun="invoice", move=move, takes=takes)


def composed_by_finance(day: int) -> Scene:
    """An invoice ahead of its time, from everything that is planned."""

    def takes(found: Scenery) -> Composition:
        return Composition(line_ids=found.line_ids)

    return of_invoice(day, FINANCE, "compose", takes, hour=11)
