"""The demo's participants as rows: accounts, memberships and companies, created once."""

from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.model import Account
from domain.demo.people import (
    ADMINISTRATOR,
    COMPANIES,
    FEE_FROM,
    FEE_PERCENT,
    FIRST_INVOICE_NUMBER,
    MEMBERS,
    OPERATOR,
    PEOPLE,
    Company,
    Person,
)
from domain.engine.context import EvaluationContext
from domain.kernel.actors import Actor, ActorKind, Role
from domain.operator.model import FeeRate, OperatorSettings, SeriesStart
from domain.parties.model import Collaboration, Contact, Customer, Member


@dataclass(frozen=True)
class Participants:
    """All actors, and the rows that scenarios refer to."""

    actors: dict[str, Actor]
    members: dict[str, Member]
    customers: dict[str, Customer]
    contacts: dict[str, Contact]

    def actor(self, role: str, *, member: str, customer: str) -> Actor:
        """The actor of this role in a scenario of that member and customer."""
        if role == "member":
            return self.actors[member]
        return self.actors[customer if role == "customer" else role]


async def set_up_operator(connection: BaseDBAsyncClient) -> None:
    """Name, address and bank account of the operator, without which nothing can be invoiced."""
    await OperatorSettings.all().using_db(connection).update(**OPERATOR)
    await FeeRate.get_or_create(holds_from=FEE_FROM, defaults={"percent": FEE_PERCENT}, using_db=connection)


async def continue_earlier_series(connection: BaseDBAsyncClient, context: EvaluationContext) -> None:
    """Another program wrote the first invoices of the year, as the register explains."""
    start = {"first_number": FIRST_INVOICE_NUMBER, "set_at": context.now, "set_by": ADMINISTRATOR}
    await SeriesStart.get_or_create(series=f"RE-{context.today.year}", defaults=start, using_db=connection)


async def create_participants(
    connection: BaseDBAsyncClient, context: EvaluationContext, password_hash: str | None
) -> Participants:
    """Create all participants once; existing rows stay."""
    accounts = {person.key: await _account(connection, context, person, password_hash) for person in PEOPLE}
    members = {key: await _member(connection, accounts[key], number) for key, number in MEMBERS.items()}
    customers, contacts = {}, {}
    for company in COMPANIES:
        customer = await _customer(connection, context, company)
        account = accounts[company.account] if company.account else None
        customers[company.key] = customer
        contacts[company.key] = await _contact(connection, company, customer, account)
        for member in members.values():
            await Collaboration.get_or_create(member=member, customer=customer, using_db=connection)
    actors = {person.key: _actor(person, accounts, members) for person in PEOPLE if person.role is not Role.CUSTOMER}
    actors |= {company.key: _customer_actor(company, customers, contacts, accounts) for company in COMPANIES}
    return Participants(actors, members, customers, contacts)


async def _account(
    connection: BaseDBAsyncClient, context: EvaluationContext, person: Person, password_hash: str | None
) -> Account:
    account, _ = await Account.get_or_create(
        email=person.email,
        defaults={
            "name": person.name,
            "roles": [person.role],
            "language": person.language,
            "password_hash": password_hash,
            "must_change_password": False,
            "approval_limit_cents": person.approval_limit_cents,
            "created_at": context.now,
        },
        using_db=connection,
    )
    return account


async def _member(connection: BaseDBAsyncClient, account: Account, number: int) -> Member:
    defaults = {"name": account.name, "account_id": account.id}
    member, _ = await Member.get_or_create(number=number, defaults=defaults, using_db=connection)
    return member


async def _customer(connection: BaseDBAsyncClient, context: EvaluationContext, company: Company) -> Customer:
    names = ("kind", "street", "postcode", "city", "country", "vat_id")
    defaults = {name: getattr(company, name) for name in names}
    defaults |= {"invoice_email": f"rechnung@{company.key}.example", "created_at": context.now}
    customer, _ = await Customer.get_or_create(legal_name=company.legal_name, defaults=defaults, using_db=connection)
    return customer


async def _contact(
    connection: BaseDBAsyncClient, company: Company, customer: Customer, account: Account | None
) -> Contact:
    email = account.email if account else f"{company.contact.split()[0].lower()}@{company.key}.example"
    contact, is_new = await Contact.get_or_create(
        customer_id=customer.id,
        name=company.contact,
        defaults={
            "email": email,
            "language": company.language,
            "account_id": account.id if account else None,
        },
        using_db=connection,
    )
    if is_new:
        customer.default_contact_id = contact.id
        await customer.save(using_db=connection)
    return contact


def _actor(person: Person, accounts: dict[str, Account], members: dict[str, Member]) -> Actor:
    member = members.get(person.key)
    return Actor(
        kind=ActorKind(person.role.value),
        role=person.role,
        account_id=accounts[person.key].id,
        member_id=member.id if member else None,
        language=person.language,
        name=person.name,
    )


def _customer_actor(
    company: Company,
    customers: dict[str, Customer],
    contacts: dict[str, Contact],
    accounts: dict[str, Account],
) -> Actor:
    account_id: UUID | None = accounts[company.account].id if company.account else None
    return Actor(
        kind=ActorKind.CUSTOMER,
        role=Role.CUSTOMER,
        account_id=account_id,
        customer_ids=(customers[company.key].id,),
        contact_id=contacts[company.key].id,
        language=company.language,
        name=company.contact,
    )
