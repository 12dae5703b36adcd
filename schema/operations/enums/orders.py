"""States and choices of orders and their deliveries."""

from domain.deliveries.model import DeliveryStatus
from domain.orders.lateness import Lateness
from domain.orders.model import CommentVisibility, CompletionRule, OrderStatus, RejectionCause
from domain.orders.phase import Phase
from domain.orders.progress import Fulfilment
from domain.orders.repetition import Repetition
from schema.shared.enums import describe_enum

describe_enum(
    Lateness,
    "How late a delivery is that was agreed and not made, by the operator's thresholds.",
    ON_TIME="It is not late, was made, or none was agreed.",
    LATE="It is late.",
    VERY_LATE="It is very late.",
)
describe_enum(
    OrderStatus,
    "Where an order stands.",
    DRAFT="The member is still writing it.",
    IN_REVIEW="The operator reviews it.",
    AWAITING_CUSTOMER="The customer is asked to confirm.",
    ACTIVE="It is being worked on.",
    CANCELLATION_REVIEW="The operator decides on a cancellation.",
    CANCELED="It was canceled.",
    REJECTED="The operator or the customer rejected it, or the offer expired.",
    COMPLETED="Its completion rule holds.",
)
describe_enum(
    RejectionCause,
    "Who or what rejected an order.",
    OPERATOR="The operator.",
    CUSTOMER="The customer.",
    OFFER_EXPIRED="Nobody answered while the offer was valid.",
)
describe_enum(
    CompletionRule,
    "When an active order is complete.",
    FULLY_INVOICED="Once its period is over, deliveries are accepted and every planned invoice is settled.",
    ON_ACCEPTANCE="Once its delivery is accepted.",
)
describe_enum(
    Repetition,
    "How often an entry of a billing plan comes again.",
    MONTHLY="Every month.",
    QUARTERLY="Every three months.",
    YEARLY="Every twelve months.",
    EVERY_N_MONTHS="Every so many months as `repeatMonths` says.",
)
describe_enum(
    CommentVisibility,
    "Who reads a comment.",
    INTERNAL="The operator's people only.",
    MEMBER="The member too.",
    CUSTOMER="Everyone involved, the customer too.",
)
describe_enum(
    Fulfilment,
    "How far the work of an order is.",
    NOT_STARTED="Nothing was delivered or prepared.",
    IN_PROGRESS="A delivery is being prepared, or more are to come.",
    DELIVERED="A delivery is under review.",
    IN_REVISION="The customer asked for a revision.",
    ACCEPTED="What was agreed is accepted.",
)
describe_enum(
    DeliveryStatus,
    "Where a delivery stands.",
    DRAFT="The member prepares it; the customer sees nothing of it.",
    DELIVERED="The customer reviews it.",
    REVISION_REQUESTED="The customer named what has to be put right.",
    ACCEPTED="Accepted, by the customer or by silence.",
    CANCELED="Thrown away, or canceled with its order.",
)
describe_enum(
    Phase,
    "How far the work of an order is, or how the order has ended; delivered and accepted mean all required deliveries.",
    NOT_STARTED="The order is not active yet.",
    UNDER_WAY="Not everything has been delivered.",
    DELIVERED="Everything has been delivered and waits for the customer.",
    IN_REVISION="The customer has requested a revision.",
    ACCEPTED="Everything has been accepted.",
    CONTINUED="Everything has been delivered or accepted, and another delivery is being prepared.",
    COMPLETED="The order is completed.",
    ENDED="The order was canceled or rejected.",
)
