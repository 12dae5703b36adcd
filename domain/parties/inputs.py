"""Inputs of the moves of customers and contacts."""

from dataclasses import dataclass

from domain.engine.inputs import input_field
from domain.parties.model import CustomerKind, StatusMails


@dataclass(frozen=True, kw_only=True)
class ContactEntry:
    """A person at a customer."""

    name: str = input_field("Name of the person.", shortest=1, longest=200)
    email: str = input_field("Where offers and deliveries are announced.", shortest=3, longest=320)
    language: str = input_field("Language of letters and pages, de or en.", default="de", longest=2)


@dataclass(frozen=True, kw_only=True)
class StatusMailsInput:
    """The contact's choice of mails about changes of client statuses."""

    status_mails: StatusMails = input_field("When mails about client statuses are sent, if at all.")


@dataclass(frozen=True, kw_only=True)
class CustomerInput:
    """All facts of a customer; an amendment replaces them as a whole."""

    legal_name: str = input_field("Name as it stands on invoices.", shortest=1, longest=200)
    kind: CustomerKind = input_field("A business or a person.", default=CustomerKind.BUSINESS)
    street: str = input_field("Street and number.", shortest=1, longest=200)
    postcode: str = input_field("Postcode.", shortest=1, longest=20)
    city: str = input_field("City.", shortest=1, longest=100)
    country: str = input_field("Country, as two letters.", default="DE", shortest=2, longest=2)
    vat_id: str | None = input_field("VAT identification number.", default=None, longest=20)
    invoice_email: str = input_field("Where invoices are sent.", shortest=3, longest=320)


@dataclass(frozen=True, kw_only=True)
class NewCustomer(CustomerInput):
    """A customer and the first contact."""

    contact: ContactEntry = input_field("The person at the customer.")
