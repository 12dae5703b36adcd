"""The moves around an offer: the customer's answer, its end, and taking it back."""

from domain.core.actors import Role
from domain.core.lifecycle import EVERYONE, Transition
from domain.orders import guards, takes, writes
from domain.orders.model import OrderStatus

MEMBER, CUSTOMER, STAFF, CLOCK = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.CLOCK

ANSWER = (
    Transition(
        name="confirm",
        doc="The customer accepts the offer; the order is active.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.ACTIVE,
        by=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        checks=(guards.the_seen_revision_is_current,),
        takes=takes.Confirmation,
        writes=writes.keep_who_confirmed,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        too_late=guards.the_offer_expired,
    ),
    Transition(
        name="requestChanges",
        doc="The customer wants the offer changed; it goes back to review and the link is void.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.IN_REVIEW,
        by=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        takes=takes.ChangeMessage,
        writes=writes.take_the_offer_back_for_changes,
        notifies=frozenset({MEMBER, STAFF}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        too_late=guards.the_offer_expired,
    ),
    Transition(
        name="decline",
        doc="The customer does not want the order.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.REJECTED,
        by=frozenset({CUSTOMER}),
        takes=takes.OptionalReason,
        writes=writes.reject_as_customer,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        too_late=guards.the_offer_expired,
    ),
    Transition(
        name="expire",
        doc="Nobody answered while the offer was valid.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.REJECTED,
        by=frozenset({CLOCK}),
        guards=(guards.offer_has_ended,),
        due=guards.offer_ends_at,
        basis="offer_valid_until",
        settles_late=True,
        writes=writes.reject_because_the_offer_expired,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="extendOffer",
        doc="The offer is valid until a later day.",
        sources=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        by=frozenset({MEMBER, STAFF}),
        takes=takes.OfferEnd,
        checks=(guards.the_new_end_is_later_than_today,),
        writes=writes.move_the_offers_end,
        audience=EVERYONE,
    ),
    Transition(
        name="withdraw",
        doc="The member takes the order back into a draft; the link is void.",
        sources=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.DRAFT,
        by=frozenset({MEMBER}),
        takes=takes.OptionalReason,
        writes=writes.take_the_offer_back,
    ),
    Transition(
        name="reopen",
        doc="A rejected order becomes a draft again.",
        sources=frozenset({OrderStatus.REJECTED}),
        target=OrderStatus.DRAFT,
        by=frozenset({MEMBER}),
        writes=writes.forget_the_rejection,
    ),
)
