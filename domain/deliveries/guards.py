"""Claims that must hold before a move of a delivery."""

from domain.deliveries.facts import DeliveryFacts
from domain.deliveries.inputs import Acceptance, DeliveryDraft, ReviewExtension, RevisionRequest, Submission
from domain.deliveries.model import AcceptedBy, DeliveryStatus
from domain.deliveries.review import latest_extension, most_extensions
from domain.engine.context import EvaluationContext
from domain.engine.inputs import has_visible_text
from domain.kernel.clean_text import is_web_address
from domain.kernel.errors import Code, Refusal, deadline_passed, guard_failed, invalid
from domain.orders.facts import OrderFacts
from domain.orders.model import OrderStatus

MAX_DEFECT_LENGTH = 4000
CAN_BE_ACCEPTED = (DeliveryStatus.DELIVERED, DeliveryStatus.REVISION_REQUESTED)


def no_other_delivery_is_open(order: OrderFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("delivery_still_open") if order.deliveries_open else None


def order_is_active(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return None if delivery.order_status is OrderStatus.ACTIVE else guard_failed("order_not_active")


def order_is_active_or_completed(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    """A revision that was requested may be delivered after the order was completed, too."""
    runs = delivery.order_status in (OrderStatus.ACTIVE, OrderStatus.COMPLETED)
    return None if runs else guard_failed("order_not_active")


def order_is_not_archived(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("order_is_archived") if delivery.order_archived_at else None


def work_is_described(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return None if delivery.draft_description.strip() else guard_failed("delivery_without_description")


def has_file_or_link(
    delivery: DeliveryFacts, submission: Submission | None, context: EvaluationContext
) -> Refusal | None:
    if delivery.draft_files or delivery.draft_link or (submission is not None and submission.confirm_no_file):
        return None
    return invalid("delivery_without_link", "confirm_no_file")


def link_is_web_address(
    subject: DeliveryFacts | OrderFacts, draft: DeliveryDraft | None, context: EvaluationContext
) -> Refusal | None:
    if not draft or not draft.link or not draft.link.strip():
        return None
    return None if is_web_address(draft.link.strip()) else invalid("link_must_be_http", "link")


def review_is_not_paused(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    """While a cancellation is under review, neither the customer nor the clock moves the order's deliveries."""
    paused = delivery.order_status is OrderStatus.CANCELLATION_REVIEW
    return guard_failed("review_is_paused") if paused else None


def review_is_open(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    """The review is open until its deadline by the clock, whether any worker runs or not, and before it has started."""
    ends_at = delivery.review_ends_at
    if ends_at is not None and context.now >= ends_at:
        return deadline_passed("review_has_ended", ends_at)
    return None


def review_has_ended(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    ends_at = delivery.review_ends_at
    if ends_at is None or context.now < ends_at:
        return guard_failed("review_still_open")
    return None


def was_accepted_by_silence(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    """Explain to a late customer why the delivery can no longer be answered."""
    by_silence = delivery.status is DeliveryStatus.ACCEPTED and delivery.accepted_by is AcceptedBy.SILENCE
    if by_silence and delivery.review_ends_at is not None:
        return deadline_passed("review_has_ended", delivery.review_ends_at)
    return None


def acceptance_came_too_late(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    """Explain to a customer who accepts after the deadline since when the delivery counts as accepted."""
    if delivery.status is not DeliveryStatus.ACCEPTED or delivery.accepted_by is not AcceptedBy.SILENCE:
        return None
    params = {"from": delivery.status, "allowed_from": CAN_BE_ACCEPTED, "accepted_at": delivery.accepted_at}
    return Refusal(Code.ILLEGAL_TRANSITION, "accepted_by_silence", params=params, due_at=delivery.accepted_at)


def is_not_rated(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return None if delivery.rating is None else guard_failed("already_rated")


def review_has_started(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("review_not_started") if delivery.review_awaits_mail else None


def review_waits_for_mail(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return None if delivery.review_awaits_mail else guard_failed("review_awaits_no_mail")


def review_can_be_extended(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    most = most_extensions(delivery, context)
    return None if delivery.extensions < most else guard_failed("review_extended_enough", most=most)


def review_is_running(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return None if delivery.review_ends_at else guard_failed("no_review_runs")


def review_was_paused(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("no_review_was_paused") if delivery.review_left_seconds is None else None


def seen_version_is_current(
    delivery: DeliveryFacts, acceptance: Acceptance, context: EvaluationContext
) -> Refusal | None:
    if acceptance.version_number != delivery.current_number:
        return guard_failed("newer_version_delivered", current=delivery.current_number)
    return None


def defects_are_answered(delivery: DeliveryFacts, context: EvaluationContext) -> Refusal | None:
    """Each defect of the last version is ticked as corrected or answered before the next one is delivered."""
    left = delivery.unanswered_defects
    return guard_failed("defects_unanswered", left=left) if left else None


def defects_are_named(delivery: DeliveryFacts, request: RevisionRequest, context: EvaluationContext) -> Refusal | None:
    if not request.defects and not request.placed_defects:
        return invalid("defect_not_named", "placed_defects", "0", "text")
    for position, placed in enumerate(request.placed_defects):
        if not has_visible_text(placed.text):
            return invalid("defect_not_named", "placed_defects", str(position), "text")
    for position, defect in enumerate(request.defects):
        if not has_visible_text(defect):
            return invalid("defect_not_named", "defects", str(position))
        if len(defect) > MAX_DEFECT_LENGTH:
            return invalid("text_too_large", "defects", str(position), most=MAX_DEFECT_LENGTH)
    return None


def new_end_is_within_limit(
    delivery: DeliveryFacts, extension: ReviewExtension, context: EvaluationContext
) -> Refusal | None:
    latest, ends_at = latest_extension(delivery, context), delivery.review_ends_at
    if latest is None or ends_at is None:
        return guard_failed("no_review_runs")
    if extension.until.tzinfo is None or extension.until <= ends_at:
        return invalid("review_end_not_later", "until", ends_at=ends_at)
    if extension.until > latest:
        return invalid("review_end_too_late", "until", latest=latest)
    return None
