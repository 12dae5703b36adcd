"""Commands of a delivery, which leave its state: the draft, and the deadline of its review."""

from domain.access.model import LinkPurpose
from domain.deliveries import effects, guards, inputs, review
from domain.deliveries.defects import answer_defects
from domain.deliveries.model import DeliveryStatus
from domain.engine.lifecycle import EVERYONE, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, MEMBER_ROLE

OPEN = frozenset({DeliveryStatus.DRAFT, DeliveryStatus.DELIVERED, DeliveryStatus.REVISION_REQUESTED})
DELIVERED = frozenset({DeliveryStatus.DELIVERED})

COMMANDS = (
    Transition(
        name="describe",
        doc="The member saves the draft of the next version.",
        from_states=OPEN,
        roles=MEMBER_ROLE,
        input=inputs.DeliveryDraft,
        validators=(guards.link_is_web_address,),
        effect=effects.save_draft,
    ),
    Transition(
        name="answerDefects",
        doc="The member ticks or answers the defects of the last version, before the next one is delivered.",
        from_states=frozenset({DeliveryStatus.REVISION_REQUESTED}),
        roles=MEMBER_ROLE,
        input=inputs.DefectAnswers,
        effect=answer_defects,
    ),
    Transition(
        name="rate",
        doc="The customer rates a delivery that is accepted and has no rating yet.",
        from_states=frozenset({DeliveryStatus.ACCEPTED}),
        roles=CUSTOMER_ROLE,
        input=inputs.Rating,
        guards=(guards.review_is_not_paused, guards.is_not_rated),
        effect=effects.rate,
        accepts_used_link=True,
        audience=EVERYONE,
    ),
    Transition(
        name="extendReview",
        doc="The customer takes more time for the review.",
        from_states=DELIVERED,
        roles=CUSTOMER_ROLE,
        input=inputs.ReviewExtension,
        guards=(
            guards.review_is_not_paused,
            guards.review_has_started,
            guards.review_is_open,
            guards.review_can_be_extended,
        ),
        validators=(guards.new_end_is_within_limit,),
        effect=effects.extend_review,
        open_until=review.review_ends,
        late_refusal=guards.was_accepted_by_silence,
        notifies=MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="startReview",
        doc="The mail that names acceptance by silence was accepted, so a consumer's review begins.",
        from_states=DELIVERED,
        roles=CLOCK_ROLE,
        guards=(guards.review_waits_for_mail,),
        effect=effects.start_review,
        audience=EVERYONE,
    ),
    Transition(
        name="followDue",
        doc="Another day of delivery was agreed, from which the review counts; it never ends earlier than announced.",
        from_states=DELIVERED,
        roles=CLOCK_ROLE,
        guards=(guards.review_is_running,),
        effect=effects.follow_due,
        audience=EVERYONE,
    ),
    Transition(
        name="pauseReview",
        doc="The cancellation of the order was asked for, so the review waits.",
        from_states=DELIVERED,
        roles=CLOCK_ROLE,
        guards=(guards.review_is_running,),
        effect=effects.pause_review,
        audience=EVERYONE,
    ),
    Transition(
        name="resumeReview",
        doc="The order goes on, so the review does too, with at least 24 hours left; the customer hears until when.",
        from_states=DELIVERED,
        roles=CLOCK_ROLE,
        guards=(guards.review_was_paused,),
        effect=effects.resume_review,
        notifies=CUSTOMER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="changeContact",
        doc="Another person at the customer is asked, who gets the delivery with a link of their own.",
        from_states=frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.REVISION_REQUESTED}),
        roles=CLOCK_ROLE,
        effect=effects.name_version,
        notifies=CUSTOMER_ROLE,
        link_purpose=LinkPurpose.REVIEW,
        audience=EVERYONE,
        increments_version=False,
    ),
)
