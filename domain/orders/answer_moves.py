"""The moves around an offer: the customer's answer, its end, and taking it back."""

from domain.engine.lifecycle import EVERYONE, Transition
from domain.kernel.actors import Role
from domain.orders import guards, takes, writes
from domain.orders.model import OrderStatus

MEMBER, CUSTOMER, STAFF, CLOCK = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.CLOCK

ANSWER = (
    Transition(
        name="confirm",
        doc="The customer accepts the offer; the order is active.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.ACTIVE,
        roles=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        validators=(guards.the_seen_revision_is_current,),
        input=takes.Confirmation,
        effect=writes.keep_who_confirmed,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        late_refusal=guards.the_offer_expired,
    ),
    Transition(
        name="requestChanges",
        doc="The customer wants the offer changed; it goes back to review and the link is void.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.IN_REVIEW,
        roles=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        input=takes.ChangeMessage,
        effect=writes.take_the_offer_back_for_changes,
        notifies=frozenset({MEMBER, STAFF}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        late_refusal=guards.the_offer_expired,
    ),
    Transition(
        name="decline",
        doc="The customer does not want the order.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.REJECTED,
        roles=frozenset({CUSTOMER}),
        input=takes.OptionalReason,
        effect=writes.reject_as_customer,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        late_refusal=guards.the_offer_expired,
    ),
    Transition(
        name="expire",
        doc="Nobody answered while the offer was valid.",
        from_states=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.REJECTED,
        roles=frozenset({CLOCK}),
        guards=(guards.offer_has_ended,),
        due=guards.offer_ends_at,
        basis="offer_valid_until",
        enforced_on_access=True,
        effect=writes.reject_because_the_offer_expired,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="extendOffer",
        doc="The offer is valid until a later day.",
        from_states=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        roles=frozenset({MEMBER, STAFF}),
        input=takes.OfferEnd,
        validators=(guards.the_new_end_is_later_than_today,),
        effect=writes.move_the_offers_end,
        audience=EVERYONE,
    ),
    Transition(
        name="withdraw",
        doc="The member takes the order back into a draft; the link is void.",
        from_states=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        to_state=OrderStatus.DRAFT,
        roles=frozenset({MEMBER}),
        input=takes.OptionalReason,
        effect=writes.take_the_offer_back,
    ),
    Transition(
        name="reopen",
        doc="A rejected order becomes a draft again.",
        from_states=frozenset({OrderStatus.REJECTED}),
        to_state=OrderStatus.DRAFT,
        roles=frozenset({MEMBER}),
        effect=writes.forget_the_rejection,
    ),
)
