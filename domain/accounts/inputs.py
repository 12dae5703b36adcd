"""Inputs of the moves of an account; those that its holder makes alone hold hashes, never a password."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.accounts.mail_choices import MailGroup
from domain.accounts.model import OrderAccess
from domain.engine.inputs import input_field
from domain.kernel.actors import Role
from domain.kernel.amendments import amendment_of


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A person who is to sign in: as a member, as a contact of a customer, or in roles of the operator."""

    email: str | None = input_field(
        "Where the invitation is mailed; that of the contact by default.", default=None, longest=320
    )
    name: str | None = input_field(
        "Name of the person; that of the member or contact by default.", default=None, longest=200
    )
    language: str | None = input_field("Language of mails and pages, de or en.", default=None, longest=2)
    roles: tuple[Role, ...] = input_field("The roles of an employee; empty for members and contacts.", default=())
    member_id: UUID | None = input_field("The member the account acts for.", id_prefix="mem", default=None)
    contact_id: UUID | None = input_field("The contact the account acts for.", id_prefix="con", default=None)


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What a person says who accepts an invitation."""

    name: str = input_field("Name of the person.", shortest=1, longest=200)
    language: str = input_field("Language of mails and pages, de or en.", longest=2)
    password_hash: str = input_field("The hash of the chosen password.", longest=200)


@dataclass(frozen=True, kw_only=True)
class NewPassword:
    """A password that its holder has chosen."""

    password_hash: str = input_field("The hash of the chosen password.", longest=200)


@dataclass(frozen=True, kw_only=True)
class NewEmail:
    """The address with which a person wants to sign in from now on."""

    email: str = input_field("The new address.", shortest=3, longest=320)


@dataclass(frozen=True, kw_only=True)
class NewName:
    """How a person is called from now on."""

    name: str = input_field("Name of the person.", shortest=1, longest=200)


@dataclass(frozen=True, kw_only=True)
class NewLanguage:
    """The language in which a person is addressed from now on."""

    language: str = input_field("Language of mails and pages, de or en.", longest=2)


@dataclass(frozen=True, kw_only=True)
class MailChoices:
    """The mails that a person does without from now on."""

    unwanted: tuple[MailGroup, ...] = input_field(
        "The groups of mails that are not wanted; none means that all are.", longest=len(MailGroup)
    )


@dataclass(frozen=True, kw_only=True)
class RolesInput:
    """All roles of an account."""

    roles: tuple[Role, ...] = input_field("All roles the account may act in.", shortest=1, longest=5)


@dataclass(frozen=True, kw_only=True)
class GrantedRole:
    """One more role of an account."""

    role: Role = input_field("The role the account may act in as well.")


@dataclass(frozen=True, kw_only=True)
class OrderAccessInput:
    """Which orders an employee sees."""

    order_access: OrderAccess = input_field("All orders, or only those assigned to the person.")


@dataclass(frozen=True, kw_only=True)
class ApprovalLimitInput:
    """Up to which amount a person may approve invoices."""

    approval_limit: Decimal | None = input_field("Highest gross amount in euros; null for no limit.", default=None)


ApprovalLimitAmendment = amendment_of(ApprovalLimitInput, "ApprovalLimitAmendment")
