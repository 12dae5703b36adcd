"""Lifecycle of a delivery, from a member's draft to acceptance by the customer or by silence."""

from domain.access.model import LinkPurpose
from domain.deliveries import effects, guards, inputs, review
from domain.deliveries.commands import COMMANDS, OPEN
from domain.deliveries.facts import DeliveryFacts
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.engine.lifecycle import EVERYONE, ActionWeight, Lifecycle, Timer, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, MEMBER_ROLE, Role
from domain.orders.guards import order_is_not_archived
from domain.orders.model import OrderStatus

DRAFT = DeliveryStatus.DRAFT
DELIVERED = DeliveryStatus.DELIVERED
REVISION_REQUESTED = DeliveryStatus.REVISION_REQUESTED
ACCEPTED = DeliveryStatus.ACCEPTED
CANCELED = DeliveryStatus.CANCELED


ORDER_OF_DELIVERY = "SELECT d.order_id FROM deliveries d WHERE d.id = {id}"


TRANSITIONS = (
    Transition(
        name="create",
        weight=ActionWeight.PRIMARY,
        doc="The member opens a delivery and prepares it unseen by the customer, also with what it delivers.",
        creates=True,
        parent_noun="order",
        from_states=frozenset({OrderStatus.ACTIVE}),
        to_state=DRAFT,
        roles=MEMBER_ROLE,
        input=inputs.DeliveryDraft,
        guards=(order_is_not_archived, guards.no_other_delivery_is_open),
        validators=(guards.link_is_web_address,),
        effect=effects.create_delivery,
    ),
    Transition(
        name="submit",
        weight=ActionWeight.PRIMARY,
        doc="The member delivers: the customer is notified and the review begins.",
        from_states=frozenset({DRAFT}),
        to_state=DELIVERED,
        roles=MEMBER_ROLE,
        input=inputs.Submission,
        guards=(
            guards.order_is_active,
            guards.order_is_not_archived,
            guards.work_is_described,
        ),
        validators=(guards.has_file_or_link,),
        effect=effects.submit_draft,
        notifies=CUSTOMER_ROLE,
        link_purpose=LinkPurpose.REVIEW,
        audience=EVERYONE,
    ),
    Transition(
        name="accept",
        weight=ActionWeight.PRIMARY,
        doc="The customer accepts the version they have seen.",
        from_states=frozenset(guards.CAN_BE_ACCEPTED),
        to_state=ACCEPTED,
        roles=CUSTOMER_ROLE,
        input=inputs.Acceptance,
        guards=(guards.review_is_not_paused,),
        validators=(guards.seen_version_is_current,),
        effect=effects.accept_as_customer,
        late_refusal=guards.acceptance_came_too_late,
        notifies=MEMBER_ROLE | CUSTOMER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="autoAccept",
        doc="The customer did not answer in time: the delivery is accepted by silence.",
        from_states=frozenset({DELIVERED}),
        to_state=ACCEPTED,
        roles=CLOCK_ROLE,
        guards=(guards.review_is_not_paused, guards.review_has_ended),
        effect=effects.accept_by_silence,
        due=review.review_ends,
        basis="review_ends_at",
        enforced_on_access=True,
        notifies=MEMBER_ROLE | CUSTOMER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="requestRevision",
        doc="The customer names what has to be put right; the review stops.",
        from_states=frozenset({DELIVERED}),
        to_state=REVISION_REQUESTED,
        roles=CUSTOMER_ROLE,
        input=inputs.RevisionRequest,
        guards=(guards.review_is_not_paused, guards.review_is_open),
        validators=(guards.defects_are_named,),
        effect=effects.record_defects,
        open_until=review.review_ends,
        late_refusal=guards.was_accepted_by_silence,
        notifies=MEMBER_ROLE,
        audience=EVERYONE,
    ),
    Transition(
        name="resubmit",
        weight=ActionWeight.PRIMARY,
        doc="The member delivers a new version and a new review begins.",
        from_states=frozenset({REVISION_REQUESTED}),
        to_state=DELIVERED,
        roles=MEMBER_ROLE,
        input=inputs.Submission,
        guards=(
            guards.order_is_active_or_completed,
            guards.order_is_not_archived,
            guards.work_is_described,
            guards.defects_are_answered,
        ),
        validators=(guards.has_file_or_link,),
        effect=effects.submit_draft,
        notifies=CUSTOMER_ROLE,
        link_purpose=LinkPurpose.REVIEW,
        audience=EVERYONE,
    ),
    Transition(
        name="discard",
        weight=ActionWeight.DANGER,
        doc="The member throws a draft away that was never delivered.",
        from_states=frozenset({DRAFT}),
        to_state=CANCELED,
        roles=MEMBER_ROLE,
        effect=effects.discard,
    ),
    Transition(
        name="cancel",
        weight=ActionWeight.DANGER,
        doc="The order was canceled, and with it the delivery that was open.",
        from_states=OPEN,
        to_state=CANCELED,
        roles=CLOCK_ROLE,
        effect=effects.cancel,
        audience=EVERYONE,
    ),
)

REMINDERS = (
    Timer(
        kind="delivery.reviewReminder",
        doc="The review ends in 24 hours.",
        active_states=frozenset({DELIVERED}),
        due=review.reminder_due,
        basis="review_ends_at",
        notifies=CUSTOMER_ROLE,
    ),
    Timer(
        kind="delivery.unsent",
        doc="The mail on which a consumer's review waits was not accepted within 24 hours.",
        active_states=frozenset({DELIVERED}),
        due=review.unsent_mail_due,
        basis="delivered_at",
        notifies=frozenset({Role.STAFF, Role.ADMIN}),
    ),
)

DELIVERIES = Lifecycle(
    noun="delivery",
    id_prefix="del",
    link_column="delivery_id",
    model=Delivery,
    facts=DeliveryFacts,
    scope=DELIVERIES_SCOPE,
    states=DeliveryStatus,
    start=None,
    transitions=TRANSITIONS,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_to_lock=ORDER_OF_DELIVERY,
)
