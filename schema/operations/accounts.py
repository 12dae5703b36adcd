"""Accounts: who signs in, in which roles, and what administrators may do about it."""

from datetime import datetime

import strawberry

from domain.accounts.model import AccountStatus, OrderAccess
from domain.kernel.actors import ActorKind, Role
from domain.parties.scope import CONTACTS_SCOPE, MEMBERS_SCOPE
from domain.search_tables.of_people_and_payments import ACCOUNT_SEARCH
from domain.text_search import ACCOUNT_TEXT
from schema.declarations.fields import column, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.kept_records import KeptRecords, account_records_field
from schema.operations.own_account.mail_choices import MailChoice, mail_choices_field
from schema.operations.parties import Contact, Member
from schema.shared.actions import OpenAction
from schema.shared.filters import EnumFilter, IdFilter, contains
from schema.shared.money import Money, money_field
from schema.shared.node import Node
from schema.shared.translated_fields import translated

SEARCH_CONDITION = ACCOUNT_SEARCH.search(contains(ACCOUNT_TEXT))


@strawberry.type(description="Somebody who signs in.")
class Account(Node):
    """An account to sign in with."""

    id: strawberry.ID = column(id_prefix="acc", description="The account's identifier.")
    name: str = column(description="Their name.")
    email: str = column(description="The address they sign in with.")
    language: str = column(description="Their language, `de` or `en`.")
    roles: list[Role] = column(description="The roles they may act in.")
    is_active: bool = column("({t}.status = 'ACTIVE')", description="Whether they may sign in.")
    status: AccountStatus = column(description="Whether they are invited, may sign in, or no longer may.")
    status_label: str = translated("status.account", "{t}.status", description="That in the viewer's language.")
    invitation_ends_at: datetime | None = column(
        description="Until when an invitation can be accepted; null when there is none, or it is void."
    )
    order_access: OrderAccess = column(description="Which orders they see as staff.")
    approval_limit: Money | None = money_field(
        "{t}.approval_limit_cents",
        currency="'EUR'::text",
        only={ActorKind.FINANCE, ActorKind.ADMIN},
        description="The highest gross amount they may approve; null for no limit.",
    )
    created_at: datetime = column(description="Since when there is this account.")
    member: Member | None = to_one(MEMBERS_SCOPE, on="{t}.account_id = {p}.id", description="The member they act for.")
    contacts: list[Contact] = to_many(
        CONTACTS_SCOPE,
        on="{t}.account_id = {p}.id",
        order="{t}.name, {t}.id",
        limit=50,
        description="The contacts they act for, by name.",
    )
    mail_choices: list[MailChoice] | None = mail_choices_field()
    kept_records: list[KeptRecords] | None = account_records_field()
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("account")


@where_input(description="Which accounts to list; all that is given must hold.")
class AccountWhere:
    """The filter of account lists."""

    id: IdFilter | None = filter_field(id_prefix="acc", description="By identifier.")
    role: Role | None = filter_field("{value}::text = ANY({t}.roles)", description="Those who may act in this role.")
    status: EnumFilter[AccountStatus] | None = filter_field(description="By whether they may sign in.")
    search: str | None = filter_field(SEARCH_CONDITION, description="Part of the name or address.")


ACCOUNT_SORTS = ordering(
    "Account",
    default="NAME",
    NAME=sort_key("{t}.name", description="The name."),
    EMAIL=sort_key("lower({t}.email)", description="The address."),
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="Since when there is the account."),
)
