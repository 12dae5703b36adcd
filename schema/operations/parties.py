"""Accounts, members, customers and contacts."""

from datetime import date
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
from schema.shared.filters import EnumFilter, IdFilter, IntFilter, TextFilter, contains
from schema.shared.money import Money, money_field
from schema.shared.translated_fields import translated

ACCOUNT_SEARCH_CONDITION = f"({contains('{t}.name')} OR {contains('{t}.email')})"


@strawberry.type(description="Somebody who signs in.")
class Account:
    """Somebody who signs in."""

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
class Contact:
    """A person at a customer."""

    id: strawberry.ID = column(id_prefix="con", description="The contact's identifier.")
    name: str = column(description="Their name.")
    email: str | None = column(description="Where offers and deliveries are mailed to.")
    language: str = column(description="The language of those mails, `de` or `en`.")
    has_account: bool = column("{t}.account_id IS NOT NULL", description="Whether they can sign in.")


@strawberry.type(description="Somebody who orders and pays.")
class Customer:
    """Somebody who orders and pays."""

    id: strawberry.ID = column(id_prefix="cus", description="The customer's identifier.")
    legal_name: str = column(description="The name that invoices carry.")
    kind: CustomerKind = column(description="A business or a person.")
    kind_label: str = translated("status.customerKind", "{t}.kind", description="That in the viewer's language.")
    street: str = column(description="Street and number.")
    postcode: str = column(description="The postcode.")
    city: str = column(description="The city.")
    country: str = column(description="The country, by ISO 3166.")
    vat_id: str | None = column(description="The VAT identification number.")
    invoice_email: str = column(description="Where invoices are mailed to.")
    contacts: list[Contact] = to_many(
        CONTACTS_SCOPE,
        on="{t}.customer_id = {p}.id",
        order="{t}.name, {t}.id",
        limit=50,
        description="The people there, by name.",
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("customer")


@strawberry.type(description="The operator of this platform.")
class Operator:
    """The operator of this platform."""

    name: str = column(
        "CASE {language} WHEN 'en' THEN {t}.name_en ELSE {t}.name_de END",
        description="The name in the viewer's language.",
    )
    name_de: str = column(description="The name in German.")
    name_en: str = column(description="The name in English.")
    street: str = column(description="Street and number.")
    postcode: str = column(description="The postcode.")
    city: str = column(description="The city.")
    country: str = column(description="The country, by ISO 3166.")
    email: str = column(description="Where the operator is written to.")
    vat_id: str = column(description="The VAT identification number.")
    iban: str = column(description="The bank account.")
    bank_name: str = column(description="The bank.")
    zone: str = column(description="The time zone in which days begin and end.")
    federal_state: str = column(description="The state whose public holidays count.")
    today: date = column("({now} AT TIME ZONE {t}.zone)::date", description="The calendar date in that zone.")
    approval_workflow: bool = column(description="Whether invoices need somebody's approval.")
    customer_access: CustomerAccess = column(description="How much customers see unless an order says else.")
    fee_percent: Decimal = column(FEE_TODAY, description="The operator's fee today, in percent of net.")
    max_review_extensions: int = column(description="How often a customer may extend a review.")
    max_review_extension_days: int = column(description="By how many days at most.")
    payment_days: int = column(description="How many days customers have to pay.")


@strawberry.input(description="Which accounts to list; all that is given must hold.")
class AccountWhere:
    """Which accounts to list."""

    id: IdFilter | None = filter_field(id_prefix="acc", description="By identifier.")
    role: Role | None = filter_field("{value}::text = ANY({t}.roles)", description="Those who may act in this role.")
    search: str | None = filter_field(ACCOUNT_SEARCH_CONDITION, description="Part of the name or address.")


@strawberry.input(description="Which members to list; all that is given must hold.")
class MemberWhere:
    """Which members to list."""

    id: IdFilter | None = filter_field(id_prefix="mem", description="By identifier.")
    number: IntFilter | None = filter_field(description="By number.")
    status: EnumFilter[MembershipStatus] | None = filter_field(description="By membership.")
    search: str | None = filter_field(contains("{t}.name"), description="Part of the name.")


@strawberry.input(description="Which customers to list; all that is given must hold.")
class CustomerWhere:
    """Which customers to list."""

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
