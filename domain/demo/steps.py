"""Steps of the demo's scenarios by the name of the move; every day counts from today."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.billing.inputs import Composition, ProposedInvoice
from domain.client_status.inputs import StatusInput
from domain.client_status.model import KeptUntil
from domain.deliveries.inputs import (
    Acceptance,
    DefectAnswer,
    DefectAnswers,
    DeliveryDraft,
    ReviewExtension,
    RevisionRequest,
    Submission,
)
from domain.demo.scenario import Step, StepContext
from domain.orders.inputs import CancellationReason, CommentText, Confirmation, DraftAmendment, OptionalComment
from domain.orders.model import CommentVisibility
from domain.supplements.inputs import SupplementConfirmation

MEMBER, CUSTOMER, STAFF, FINANCE, FINANCE2 = "member", "customer", "staff", "finance", "finance2"


def order_step(
    day: int, role: str, transition: str, input: Any = None, *, hour: int = 13, files: tuple[str, ...] = ()
) -> Step:
    return Step(day=day, hour=hour, role=role, noun="order", transition=transition, input=input, files=files)


def submitted(day: int) -> Step:
    return order_step(day, MEMBER, "submit", hour=10)


def approved(day: int, comment: str | None = None) -> Step:
    return order_step(day, STAFF, "approve", OptionalComment(comment=comment), hour=11)


def confirmed(day: int) -> Step:
    def input(context: StepContext) -> Confirmation:
        return Confirmation(name=context.actor_name, revision=context.order.offer_revision)

    return order_step(day, CUSTOMER, "confirm", input, hour=12)


def offered(day: int) -> tuple[Step, ...]:
    """Submitted on that day and approved on the next."""
    return submitted(day), approved(day + 1)


def revised(day: int, **changed: Any) -> tuple[Step, ...]:
    """Withdrawn and changed on that day, and offered again."""
    return (
        order_step(day, MEMBER, "withdraw"),
        order_step(day, MEMBER, "amend", DraftAmendment(**changed), hour=14),
        *offered(day + 1),
    )


def agreed(day: int) -> tuple[Step, ...]:
    """Submitted on that day, approved on the next, confirmed two days later."""
    return *offered(day), confirmed(day + 3)


def cancellation_requested(day: int, reason: str) -> Step:
    return order_step(day, MEMBER, "requestCancellation", CancellationReason(reason=reason))


def cancellation_approved(day: int, comment: str) -> Step:
    return order_step(day, STAFF, "approveCancellation", OptionalComment(comment=comment))


def commented(
    day: int,
    role: str,
    text: str,
    readers: CommentVisibility = CommentVisibility.CUSTOMER,
    *,
    files: tuple[str, ...] = (),
) -> Step:
    input = CommentText(text=text, visibility=readers)
    return order_step(day, role, "comment", input, hour=15, files=files)


def delivery_step(
    day: int,
    role: str,
    transition: str,
    input: Any = None,
    *,
    hour: int = 18,
    nth: int = 1,
    files: tuple[str, ...] = (),
) -> Step:
    return Step(
        day=day, hour=hour, role=role, noun="delivery", transition=transition, input=input, nth=nth, files=files
    )


def drafted(day: int, text: str, nth: int = 1, files: tuple[str, ...] = ()) -> tuple[Step, ...]:
    """A delivery is created and described, but not submitted."""
    return delivery_step(day, MEMBER, "create", hour=16, nth=nth), _described(day, text, nth, files)


def delivered(day: int, text: str, nth: int = 1, files: tuple[str, ...] = ()) -> tuple[Step, ...]:
    return *drafted(day, text, nth, files), _handed_over(day, "submit", nth)


def delivered_again(day: int, text: str, nth: int = 1, *, defects: int = 1) -> tuple[Step, ...]:
    return _described(day, text, nth), _corrected(day, nth, defects), _handed_over(day, "resubmit", nth)


def _corrected(day: int, nth: int, defects: int) -> Step:
    """Every defect that was named is ticked."""
    answers = DefectAnswers(
        answers=tuple(DefectAnswer(number=number, corrected=True) for number in range(1, defects + 1))
    )
    return delivery_step(day, MEMBER, "answerDefects", answers, hour=16, nth=nth)


def _described(day: int, text: str, nth: int, files: tuple[str, ...] = ()) -> Step:
    link = None if files else f"https://ablage.werkstand.example/{sum(text.encode()) % 100_000}"
    draft = DeliveryDraft(description=text, link=link)
    return delivery_step(day, MEMBER, "describe", draft, hour=16, nth=nth, files=files)


def _handed_over(day: int, transition: str, nth: int) -> Step:
    return delivery_step(day, MEMBER, transition, Submission(), hour=17, nth=nth)


def accepted(day: int, rating: int | None = None, nth: int = 1) -> Step:
    def input(context: StepContext) -> Acceptance:
        assert context.delivery is not None
        return Acceptance(version_number=context.delivery.current_number, rating=rating)

    return delivery_step(day, CUSTOMER, "accept", input, nth=nth)


def revision_requested(day: int, *defects: str, nth: int = 1) -> Step:
    return delivery_step(day, CUSTOMER, "requestRevision", RevisionRequest(defects=defects), nth=nth)


def review_extended(day: int, *, days: int) -> Step:
    def input(context: StepContext) -> ReviewExtension:
        assert context.delivery is not None
        assert context.delivery.review_ends_at is not None
        return ReviewExtension(until=context.delivery.review_ends_at + timedelta(days=days))

    return delivery_step(day, CUSTOMER, "extendReview", input)


def shown(day: int, label: str, description: str, expected: int | None = None) -> Step:
    """The client status from the template of this label, described by hand; `expected` is a day, too."""

    def input(context: StepContext) -> StatusInput:
        expected_on = None if expected is None else context.today + timedelta(days=expected)
        return StatusInput(
            template_id=context.templates[label],
            description=description,
            expected_on=expected_on,
            kept_until=KeptUntil.NEXT_MOVE,
        )

    return Step(day=day, hour=14, role=STAFF, noun="clientStatus", transition="show", input=input)


def hidden(day: int) -> Step:
    return Step(day=day, hour=14, role=STAFF, noun="clientStatus", transition="hide")


def line_step(day: int, transition: str, nth: int = 1) -> Step:
    return Step(day=day, hour=9, role=FINANCE, noun="line", transition=transition, nth=nth)


def invoice_proposed(day: int, text: str, net: str, *, on: int) -> Step:
    """The member proposes a further invoice, dated on a day that counts from today."""

    def input(context: StepContext) -> ProposedInvoice:
        return ProposedInvoice(text=text, unit_price=Decimal(net), invoice_on=context.today + timedelta(days=on))

    return Step(day=day, hour=14, role=MEMBER, noun="line", transition="propose", input=input)


def supplement_confirmed(day: int) -> Step:
    def input(context: StepContext) -> SupplementConfirmation:
        return SupplementConfirmation(name=context.actor_name)

    return Step(day=day, hour=16, role=CUSTOMER, noun="supplement", transition="confirm", input=input)


def invoice_step(day: int, role: str, transition: str, input: Any = None, *, hour: int = 12) -> Step:
    return Step(day=day, hour=hour, role=role, noun="invoice", transition=transition, input=input)


def composed_by_finance(day: int) -> Step:
    """An early invoice of all lines that are not invoiced yet."""

    def input(context: StepContext) -> Composition:
        return Composition(line_ids=context.line_ids)

    return invoice_step(day, FINANCE, "compose", input, hour=11)
