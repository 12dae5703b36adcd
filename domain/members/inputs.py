"""Inputs of the moves of members."""

from dataclasses import dataclass

from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.parties.model import MembershipStatus

MAX_NUMBER = 99_999


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A member as the operator enters it."""

    number: int | None = input_field(
        "Number of up to five digits, part of every order's number; the next free one when it is left out.",
        default=None,
        least=1,
        most=MAX_NUMBER,
    )
    name: str = input_field("Name of the member.", shortest=1, longest=200)
    email: str | None = input_field(
        "Where an invitation to sign in as this member is mailed; none when it is left out.", default=None, longest=320
    )


@dataclass(frozen=True, kw_only=True)
class MemberRecord:
    """All facts of a member that may change."""

    name: str = input_field("Name of the member.", shortest=1, longest=200)
    street: str | None = input_field("Street and number.", default=None, longest=200)
    postcode: str | None = input_field("Postcode.", default=None, longest=20)
    city: str | None = input_field("City.", default=None, longest=100)
    country: str | None = input_field("Country, as two letters.", default=None, longest=2)
    iban: str | None = input_field("Bank account, as an IBAN.", default=None, longest=42)


MemberAmendment = amendment_of(MemberRecord, "MemberAmendment")


@dataclass(frozen=True, kw_only=True)
class MemberDetails:
    """Address and bank account as the member proposes them, as a whole."""

    street: str = input_field("Street and number.", shortest=1, longest=200)
    postcode: str = input_field("Postcode.", shortest=1, longest=20)
    city: str = input_field("City.", shortest=1, longest=100)
    country: str = input_field("Country, as two letters.", default="DE", shortest=2, longest=2)
    iban: str | None = input_field("Bank account, as an IBAN.", default=None, longest=42)


@dataclass(frozen=True, kw_only=True)
class ImportedMember(MemberRecord):
    """A member of another system."""

    number: int = input_field("Its number, part of every order's number.", least=1, most=MAX_NUMBER)
    status: MembershipStatus = input_field("Its membership.", default=MembershipStatus.ACTIVE)
    last_order_number: int = input_field(
        "The running number of its last order; the next one follows.", default=0, least=0, most=9_999
    )


@dataclass(frozen=True, kw_only=True)
class DetailsRefusal:
    """Why proposed details are not taken over."""

    reason: str = input_field("The reason, as the member reads it.", shortest=1, longest=2000)
