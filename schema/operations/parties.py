"""Members, customers and contacts."""

from datetime import datetime
from typing import Any

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.billing.e_invoices.electronic_addresses import ElectronicAddressScheme
from domain.billing.e_invoices.profiles import DocumentFormat
from domain.kernel.actors import ActorKind
from domain.parties.duplicates import is_possible_duplicate, may_be_same
from domain.parties.model import ContactState, CustomerKind, CustomerState, MembershipStatus
from domain.parties.scope import CONTACTS_SCOPE, CUSTOMERS_SCOPE, MEMBERS_SCOPE
from domain.search_tables import of_people_and_payments as words
from domain.text_search import CUSTOMER_TEXT, MEMBER_TEXT
from schema.declarations.fields import column, embedded, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.kept_records import KeptRecords, contact_records_field
from schema.operations.references import ACustomer, AnAccount
from schema.operations.timeline import Event, events_field
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.filters import EnumFilter, IdFilter, IntFilter, TextFilter, contains
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.parties import ContactFields, CustomerFields
from schema.shared.translated_fields import translated

READERS_OF_DETAILS = (ActorKind.MEMBER, ActorKind.STAFF, ActorKind.FINANCE, ActorKind.ADMIN)
SEE_ALL_ORDERS = (ActorKind.STAFF, ActorKind.ADMIN)
IS_ISSUED = "i.status IN ('PRINTED', 'POSTED')"
MEMBER_SEARCH = words.MEMBER_SEARCH.search(contains(MEMBER_TEXT))
CUSTOMER_SEARCH = words.CUSTOMER_SEARCH.search(contains(CUSTOMER_TEXT))


@strawberry.type(description="Address and bank account of a member.")
class MemberDetails:
    """Address and bank account of a member: those that count, or those that are proposed."""

    street: str | None = column("{street}", description="Street and number.")
    postcode: str | None = column("{postcode}", description="The postcode.")
    city: str | None = column("{city}", description="The city.")
    country: str | None = column("{country}", description="The country, by ISO 3166.")
    iban: str | None = column("{iban}", description="The bank account, without blanks.")


def _details(prefix: str, description: str, when: str | None) -> Any:
    parts = {name: f"{{t}}.{prefix}{name}" for name in ("street", "postcode", "city", "country", "iban")}
    return embedded(parts, when=when, only_for=READERS_OF_DETAILS, description=description)


@strawberry.type(description="A provider, who owns orders.")
class Member(Node):
    """A provider, who owns orders."""

    id: strawberry.ID = column(id_prefix="mem", description="The member's identifier.")
    number: int = column(description="The member's number, part of every order's number.")
    name: str = column(description="The member's name.")
    status: MembershipStatus = column(description="Whether they may submit orders.")
    status_label: str = translated("status.membership", "{t}.status", description="That in the viewer's language.")
    account: AnAccount | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.account_id", description="The account they sign in with, where it may be seen."
    )
    details: MemberDetails | None = _details("", "The address and bank account that count.", "TRUE")
    proposed_details: MemberDetails | None = _details(
        "proposed_", "What the member proposes in their place, until it is decided.", "{t}.proposed_at IS NOT NULL"
    )
    proposed_at: datetime | None = column(only_for=READERS_OF_DETAILS, description="When they proposed it.")
    has_account: bool = column("{t}.account_id IS NOT NULL", description="Whether they can sign in.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    events: Connection[Event] = events_field("member")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("member")


@strawberry.type(description="A person at a customer, who sees all orders of that customer.")
class Contact(ContactFields):
    """A person at a customer."""

    language: str = column(description="The language of those mails, `de` or `en`.")
    has_account: bool = column("{t}.account_id IS NOT NULL", description="Whether they can sign in.")
    account: AnAccount | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.account_id", description="The account they sign in with, where it may be seen."
    )
    customer: ACustomer | None = to_one(
        CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="The customer they belong to."
    )
    is_default: bool = column(
        "EXISTS (SELECT 1 FROM customers c WHERE c.id = {t}.customer_id AND c.default_contact_id = {t}.id)",
        description="Whether they are asked unless another person is chosen.",
    )
    status: ContactState = column(description="Whether they still speak for the customer.")
    status_label: str = translated("status.contact", "{t}.status", description="That in the viewer's language.")
    kept_records: list[KeptRecords] | None = contact_records_field()
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("contact")


@field_order(
    """
    id legal_name kind kind_label status status_label status_help street postcode city country vat_id invoice_email
    document_format document_format_label buyer_reference electronic_address electronic_address_scheme
    electronic_address_scheme_label contacts former_contacts members order_count open_invoice_count
    issued_invoice_count possible_duplicates version events open_actions
    """
)
@strawberry.type(description="Somebody who orders and pays.")
class Customer(CustomerFields):
    """A customer, who orders and pays."""

    kind: CustomerKind = column(description="A business or a person.")
    kind_label: str = translated("status.customerKind", "{t}.kind", description="That in the viewer's language.")
    status: CustomerState = column(description="Whether the operator has checked it, or it was merged.")
    status_label: str = translated("status.customer", "{t}.status", description="That in the viewer's language.")
    vat_id: str | None = column(description="The VAT identification number.")
    document_format: DocumentFormat = column(description="The form in which invoices are sent.")
    document_format_label: str = translated(
        "status.documentFormat", "{t}.document_format", description="That in the viewer's language."
    )
    buyer_reference: str = column(description="Its reference on each invoice; empty where it has none.")
    electronic_address: str = column(
        description="Where it receives electronic invoices; empty: at the address for invoices."
    )
    electronic_address_scheme: ElectronicAddressScheme = column(description="The kind of that address.")
    electronic_address_scheme_label: str = translated(
        "status.electronicAddressScheme",
        "{t}.electronic_address_scheme",
        description="That in the viewer's language.",
    )
    contacts: list[Contact] = to_many(
        CONTACTS_SCOPE,
        on="{t}.customer_id = {p}.id AND {t}.status = 'KNOWN'",
        order="({t}.id = {p}.default_contact_id) DESC NULLS LAST, {t}.name, {t}.id",
        limit=50,
        description="The people there: the one who is asked by default, then the others by name.",
    )
    former_contacts: list[Contact] | None = to_many(
        CONTACTS_SCOPE,
        on="{t}.customer_id = {p}.id AND {t}.status <> 'KNOWN'",
        order="{t}.name, {t}.id",
        limit=50,
        only_for=(ActorKind.ADMIN,),
        description="People who no longer speak for it, by name; for administrators.",
    )
    members: list[Member] | None = to_many(
        MEMBERS_SCOPE,
        on="{v}.customer_id = {p}.id AND {t}.id = {v}.member_id",
        through="collaborations",
        order="{t}.name, {t}.id",
        limit=50,
        only_for=SEE_ALL_ORDERS,
        description="The members who work with it, by name; members and limited employees do not see them.",
    )
    order_count: int | None = column(
        "(SELECT count(*) FROM orders o WHERE o.customer_id = {t}.id AND o.deleted_at IS NULL)",
        only_for=SEE_ALL_ORDERS,
        description="How many orders it has.",
    )
    open_invoice_count: int | None = column(
        f"(SELECT count(*) FROM invoices i WHERE i.customer_id = {{t}}.id AND NOT {IS_ISSUED})",
        only_for=SEE_ALL_ORDERS,
        description="How many drafts of invoices it has.",
    )
    issued_invoice_count: int | None = column(
        f"(SELECT count(*) FROM invoices i WHERE i.customer_id = {{t}}.id AND {IS_ISSUED})",
        only_for=SEE_ALL_ORDERS,
        description="How many issued invoices it has.",
    )
    possible_duplicates: list[ACustomer] | None = to_many(
        CUSTOMERS_SCOPE,
        on=may_be_same("{p}", "{t}"),
        order="{t}.legal_name, {t}.id",
        limit=20,
        only_for=SEE_ALL_ORDERS,
        description="Other customers that may be the same; null for those who must not know of them.",
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    events: Connection[Event] = events_field("customer")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("customer")


@where_input(description="Which members to list; all that is given must hold.")
class MemberWhere:
    """The filter of member lists."""

    id: IdFilter | None = filter_field(id_prefix="mem", description="By identifier.")
    number: IntFilter | None = filter_field(description="By number.")
    status: EnumFilter[MembershipStatus] | None = filter_field(description="By membership.")
    search: str | None = filter_field(MEMBER_SEARCH, description="Part of the name or number.")


@where_input(description="Which customers to list; all that is given must hold.")
class CustomerWhere:
    """The filter of customer lists."""

    id: IdFilter | None = filter_field(id_prefix="cus", description="By identifier.")
    kind: EnumFilter[CustomerKind] | None = filter_field(description="By kind.")
    vat_id: TextFilter | None = filter_field("coalesce({t}.vat_id, '')", description="By VAT identification number.")
    search: str | None = filter_field(CUSTOMER_SEARCH, description="Part of the name, the postcode or the city.")
    status: EnumFilter[CustomerState] | None = filter_field(description="By whether the operator has checked it.")
    has_possible_duplicate: bool | None = filter_field(
        f"{is_possible_duplicate('{t}')} = {{value}}",
        only_for=SEE_ALL_ORDERS,
        description="Those that may be the same as another one.",
    )


MEMBER_SORTS = ordering(
    "Member",
    default="NAME",
    NAME=sort_key("{t}.name", description="The name."),
    NUMBER=sort_key("{t}.number", "int", description="The number."),
    STATUS=sort_key("{t}.status", description="The membership, by the name of the state."),
)
CUSTOMER_SORTS = ordering(
    "Customer",
    default="NAME",
    NAME=sort_key("{t}.legal_name", description="The name."),
    CITY=sort_key("{t}.city", description="The city."),
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was entered."),
)
