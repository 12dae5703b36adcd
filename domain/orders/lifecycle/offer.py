"""Transitions of an offer: the customer's answer, its expiry, extension and withdrawal."""

from domain.engine.lifecycle import EVERYONE, ActionWeight, Transition
from domain.kernel.actors import Role
from domain.orders import guards, inputs
from domain.orders.effects import transitions
from domain.orders.model import OrderStatus

MEMBER, CUSTOMER, STAFF, CLOCK = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.CLOCK

OFFER_TRANSITIONS = (
    Transition(
        name="confirm",
        weight=ActionWeight.PRIMARY,
        doc="The customer accepts the offer; the order is active.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.ACTIVE,
        roles=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        validators=(guards.seen_revision_is_current,),
        input=inputs.Confirmation,
        effect=transitions.record_confirmation,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        late_refusal=guards.offer_expired,
    ),
    Transition(
        name="requestChanges",
        doc="The customer wants the offer changed; it goes back to review and the link is void.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.IN_REVIEW,
        roles=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        input=inputs.ChangeMessage,
        effect=transitions.withdraw_for_changes,
        notifies=frozenset({MEMBER, STAFF}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        late_refusal=guards.offer_expired,
    ),
    Transition(
        name="decline",
        weight=ActionWeight.DANGER,
        doc="The customer does not want the order.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.REJECTED,
        roles=frozenset({CUSTOMER}),
        input=inputs.OptionalReason,
        effect=transitions.reject_as_customer,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        late_refusal=guards.offer_expired,
    ),
    Transition(
        name="expire",
        doc="The customer did not answer while the offer was valid.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.REJECTED,
        roles=frozenset({CLOCK}),
        guards=(guards.offer_has_ended,),
        due=guards.offer_ends_at,
        basis="offer_valid_until",
        enforced_on_access=True,
        effect=transitions.reject_as_expired,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="extendOffer",
        doc="The offer is valid until a later day.",
        from_states=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        roles=frozenset({MEMBER, STAFF}),
        input=inputs.OfferEnd,
        validators=(guards.new_end_is_after_today,),
        effect=transitions.extend_offer,
        audience=EVERYONE,
    ),
    Transition(
        name="withdraw",
        doc="The member takes the order back into a draft; the link is void.",
        from_states=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.DRAFT,
        roles=frozenset({MEMBER}),
        input=inputs.OptionalReason,
        effect=transitions.withdraw_offer,
    ),
    Transition(
        name="reopen",
        doc="A rejected order becomes a draft again.",
        from_states=frozenset({OrderStatus.REJECTED}),
        to_state=OrderStatus.DRAFT,
        roles=frozenset({MEMBER}),
        effect=transitions.clear_rejection,
    ),
)
