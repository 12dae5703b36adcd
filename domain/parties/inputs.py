"""Inputs of the moves of customers and contacts."""

from dataclasses import dataclass
from uuid import UUID

from domain.billing.e_invoices.electronic_addresses import ElectronicAddressScheme
from domain.billing.e_invoices.profiles import DocumentFormat
from domain.engine.inputs import input_field
from domain.kernel.amendments import amendment_of
from domain.parties.model import CustomerKind, StatusMails


@dataclass(frozen=True, kw_only=True)
class ContactEntry:
    """A person at a customer."""

    name: str = input_field("Name of the person.", shortest=1, longest=200)
    email: str = input_field("Where offers and deliveries are announced.", shortest=3, longest=320)
    language: str = input_field("Language of letters and pages, de or en.", default="de", longest=2)


ContactAmendment = amendment_of(ContactEntry, "ContactAmendment")


@dataclass(frozen=True, kw_only=True)
class DefaultContact:
    """The person who is asked unless another one is chosen."""

    contact_id: UUID = input_field("The person at the customer.", id_prefix="con")


@dataclass(frozen=True, kw_only=True)
class StatusMailsInput:
    """The contact's choice of mails about changes of client statuses."""

    status_mails: StatusMails = input_field("When mails about client statuses are sent, if at all.")


@dataclass(frozen=True, kw_only=True)
class CustomerInput:
    """All facts of a customer."""

    legal_name: str = input_field("Name as it stands on invoices.", shortest=1, longest=200)
    kind: CustomerKind = input_field("A business or a person.", default=CustomerKind.BUSINESS)
    street: str = input_field("Street and number.", shortest=1, longest=200)
    postcode: str = input_field("Postcode.", shortest=1, longest=20)
    city: str = input_field("City.", shortest=1, longest=100)
    country: str = input_field("Country, as two letters.", default="DE", shortest=2, longest=2)
    vat_id: str | None = input_field("VAT identification number.", default=None, longest=20)
    invoice_email: str = input_field("Where invoices are sent.", shortest=3, longest=320)
    document_format: DocumentFormat = input_field("The form in which invoices are sent.", default=DocumentFormat.PDF)
    buyer_reference: str = input_field(
        "The customer's reference on each invoice; for public bodies, the Leitweg-ID.", default="", longest=100
    )
    electronic_address: str = input_field(
        "Where electronic invoices are received; empty: where invoices are sent.", default="", longest=320
    )
    electronic_address_scheme: ElectronicAddressScheme = input_field(
        "The kind of that address.", default=ElectronicAddressScheme.EMAIL
    )


CustomerAmendment = amendment_of(CustomerInput, "CustomerAmendment")


@dataclass(frozen=True, kw_only=True)
class NewCustomer(CustomerInput):
    """A customer, the first contact, and the member who works with it."""

    contact: ContactEntry = input_field("The person at the customer.")
    member_id: UUID | None = input_field(
        "The member who works with the customer; members leave it out.", id_prefix="mem", default=None
    )


@dataclass(frozen=True, kw_only=True)
class MergeTarget:
    """The customer that another one is merged into."""

    into_id: UUID = input_field("The customer that stays.", id_prefix="cus")


@dataclass(frozen=True, kw_only=True)
class MergedCustomer:
    """The customer that was merged into this one."""

    customer_id: UUID = input_field("The customer that was merged.", id_prefix="cus")
    legal_name: str = input_field("Its name.", longest=200)
