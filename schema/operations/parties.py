"""Accounts, members, customers and contacts."""

from decimal import Decimal

import strawberry

from domain.accounts.model import OrderAccess
from domain.engine.context import FEE_TODAY
from domain.kernel.actors import ActorKind, Role
from domain.operator.model import CustomerAccess
from domain.parties.model import CustomerKind, MembershipStatus
from domain.parties.scope import CONTACTS_SCOPE
from schema.declarations.fields import column, filter_field, ordering, sort_key, to_many
from schema.operations.api_profile import OPEN_ACTIONS
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.filters import EnumFilter, IdFilter, IntFilter, TextFilter, contains
from schema.shared.money import Money, money_field
from schema.shared.parties import ContactFields, CustomerFields, OperatorFields
from schema.shared.translated_fields import translated

ACCOUNT_SEARCH_CONDITION = f"({contains('{t}.name')} OR {contains('{t}.email')})"


@strawberry.type(description="Somebody who signs in.")
class Account:
    """An account to sign in with."""

    id: strawberry.ID = column(id_prefix="acc", description="The account's identifier.")
    name: str = column(description="Their name.")
    email: str = column(description="The address they sign in with.")
    language: str = column(description="Their language, `de` or `en`.")
    roles: list[Role] = column(description="The roles they may act in.")
    is_active: bool = column(description="Whether they may sign in.")
    order_access: OrderAccess = column(description="Which orders they see as staff.")
    approval_limit: Money | None = money_field(
        "{t}.approval_limit_cents",
        currency="'EUR'::text",
        only={ActorKind.FINANCE, ActorKind.ADMIN},
        description="The highest gross amount they may approve; null for no limit.",
    )


@strawberry.type(description="A provider, who owns orders.")
class Member:
    """A provider, who owns orders."""

    id: strawberry.ID = column(id_prefix="mem", description="The member's identifier.")
    number: int = column(description="The member's number, part of every order's number.")
    name: str = column(description="The member's name.")
    status: MembershipStatus = column(description="Whether they may submit orders.")
    status_label: str = translated("status.membership", "{t}.status", description="That in the viewer's language.")


@strawberry.type(description="A person at a customer, who sees all orders of that customer.")
class Contact(ContactFields):
    """A person at a customer."""

    language: str = column(description="The language of those mails, `de` or `en`.")
    has_account: bool = column("{t}.account_id IS NOT NULL", description="Whether they can sign in.")


@field_order(
    """
    id legal_name kind kind_label street postcode city country vat_id invoice_email contacts version
    open_actions
    """
)
@strawberry.type(description="Somebody who orders and pays.")
class Customer(CustomerFields):
    """A customer, who orders and pays."""

    kind: CustomerKind = column(description="A business or a person.")
    kind_label: str = translated("status.customerKind", "{t}.kind", description="That in the viewer's language.")
    vat_id: str | None = column(description="The VAT identification number.")
    contacts: list[Contact] = to_many(
        CONTACTS_SCOPE,
        on="{t}.customer_id = {p}.id",
        order="{t}.name, {t}.id",
        limit=50,
        description="The people there, by name.",
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("customer")


@field_order(
    """
    name name_de name_en street postcode city country email vat_id iban bank_name zone federal_state today
    approval_workflow customer_access fee_percent max_review_extensions max_review_extension_days
    payment_days
    """
)
@strawberry.type(description="The operator of this platform.")
class Operator(OperatorFields):
    """The operator of this platform."""

    name_de: str = column(description="The name in German.")
    name_en: str = column(description="The name in English.")
    vat_id: str = column(description="The VAT identification number.")
    iban: str = column(description="The bank account.")
    bank_name: str = column(description="The bank.")
    federal_state: str = column(description="The state whose public holidays count.")
    approval_workflow: bool = column(description="Whether invoices need somebody's approval.")
    customer_access: CustomerAccess = column(description="How much customers see unless an order says else.")
    fee_percent: Decimal = column(FEE_TODAY, description="The operator's fee today, in percent of net.")
    max_review_extensions: int = column(description="How often a customer may extend a review.")
    max_review_extension_days: int = column(description="By how many days at most.")
    payment_days: int = column(description="How many days customers have to pay.")


@strawberry.input(description="Which accounts to list; all that is given must hold.")
class AccountWhere:
    """The filter of account lists."""

    id: IdFilter | None = filter_field(id_prefix="acc", description="By identifier.")
    role: Role | None = filter_field("{value}::text = ANY({t}.roles)", description="Those who may act in this role.")
    search: str | None = filter_field(ACCOUNT_SEARCH_CONDITION, description="Part of the name or address.")


@strawberry.input(description="Which members to list; all that is given must hold.")
class MemberWhere:
    """The filter of member lists."""

    id: IdFilter | None = filter_field(id_prefix="mem", description="By identifier.")
    number: IntFilter | None = filter_field(description="By number.")
    status: EnumFilter[MembershipStatus] | None = filter_field(description="By membership.")
    search: str | None = filter_field(contains("{t}.name"), description="Part of the name.")


@strawberry.input(description="Which customers to list; all that is given must hold.")
class CustomerWhere:
    """The filter of customer lists."""

    id: IdFilter | None = filter_field(id_prefix="cus", description="By identifier.")
    kind: EnumFilter[CustomerKind] | None = filter_field(description="By kind.")
    vat_id: TextFilter | None = filter_field("coalesce({t}.vat_id, '')", description="By VAT identification number.")
    search: str | None = filter_field(contains("{t}.legal_name"), description="Part of the name.")


ACCOUNT_SORTS = ordering("Account", default="NAME", NAME=sort_key("{t}.name", description="The name."))
MEMBER_SORTS = ordering(
    "Member",
    default="NAME",
    NAME=sort_key("{t}.name", description="The name."),
    NUMBER=sort_key("{t}.number", "int", description="The number."),
)
CUSTOMER_SORTS = ordering("Customer", default="NAME", NAME=sort_key("{t}.legal_name", description="The name."))
