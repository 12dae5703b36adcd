"""Statuses as customers see them; those they never see have no member here."""

from enum import StrEnum

from schema.shared.enums import describe_enum


class OrderStatus(StrEnum):
    """The status of an order, from the offer on."""

    AWAITING_CUSTOMER = "AWAITING_CUSTOMER"
    ACTIVE = "ACTIVE"
    CANCELLATION_REVIEW = "CANCELLATION_REVIEW"
    CANCELED = "CANCELED"
    REJECTED = "REJECTED"
    COMPLETED = "COMPLETED"


class DeliveryStatus(StrEnum):
    """The status of a delivery, from its first submission on."""

    DELIVERED = "DELIVERED"
    REVISION_REQUESTED = "REVISION_REQUESTED"
    ACCEPTED = "ACCEPTED"
    CANCELED = "CANCELED"


class PaymentState(StrEnum):
    """Whether an invoice is still to be paid."""

    OPEN = "OPEN"
    PARTLY_PAID = "PARTLY_PAID"
    PAID = "PAID"
    NOTHING_DUE = "NOTHING_DUE"
    CANCELED = "CANCELED"


describe_enum(
    OrderStatus,
    "Where an order stands.",
    AWAITING_CUSTOMER="Your answer to the offer is awaited.",
    ACTIVE="It is being worked on.",
    CANCELLATION_REVIEW="A cancellation is being decided; reviews rest meanwhile.",
    CANCELED="It was canceled.",
    REJECTED="You declined it, or nobody answered while the offer was valid.",
    COMPLETED="It is complete.",
)
describe_enum(
    DeliveryStatus,
    "Where a delivery stands.",
    DELIVERED="It awaits your review.",
    REVISION_REQUESTED="You named what has to be put right.",
    ACCEPTED="It is accepted, by you or by silence.",
    CANCELED="It was canceled.",
)
describe_enum(
    PaymentState,
    "Whether an invoice is still to be paid.",
    OPEN="It is to be paid by its due date.",
    PARTLY_PAID="A part of it is paid.",
    PAID="It is paid.",
    NOTHING_DUE="It asks for no money.",
    CANCELED="It was canceled in full; nothing is to be paid.",
)
