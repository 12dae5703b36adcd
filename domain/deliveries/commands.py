"""What can be done with a delivery without moving it: saving a draft, and the clockwork of its review."""

from domain.deliveries import effects, guards, inputs, review
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
        validators=(guards.the_link_leads_to_the_web,),
        effect=effects.save_draft,
    ),
    Transition(
        name="extendReview",
        doc="The customer takes more time for the review.",
        from_states=DELIVERED,
        roles=CUSTOMER_ROLE,
        input=inputs.ReviewExtension,
        guards=(
            guards.the_review_is_not_paused,
            guards.the_review_has_started,
            guards.the_review_is_open,
            guards.it_may_be_extended_again,
        ),
        validators=(guards.the_new_end_is_within_reach,),
        effect=effects.extend_review,
        open_until=review.review_ends,
        late_refusal=guards.silence_accepted_it,
        notifies=MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="startReview",
        doc="The mail that names acceptance by silence was accepted, so a consumer's review begins.",
        from_states=DELIVERED,
        roles=CLOCK_ROLE,
        guards=(guards.the_review_awaits_its_mail,),
        effect=effects.start_review,
        audience=EVERYONE,
    ),
    Transition(
        name="pauseReview",
        doc="The cancellation of the order was asked for, so the review waits.",
        from_states=DELIVERED,
        roles=CLOCK_ROLE,
        guards=(guards.a_review_runs,),
        effect=effects.pause_review,
        audience=EVERYONE,
    ),
    Transition(
        name="resumeReview",
        doc="The order goes on, so the review does too, with at least 24 hours left; the customer hears until when.",
        from_states=DELIVERED,
        roles=CLOCK_ROLE,
        guards=(guards.a_review_was_paused,),
        effect=effects.resume_review,
        notifies=CUSTOMER_ROLE,
        audience=EVERYONE,
    ),
)
