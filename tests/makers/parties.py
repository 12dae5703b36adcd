"""Members, customers and contacts for tests, and actors who act for them."""

from itertools import count

from tortoise import connections

from domain.accounts.model import Account
from domain.database.clock import now
from domain.kernel.actors import Actor, ActorKind, Role
from domain.parties.model import Collaboration, Contact, Customer, CustomerKind, Member, MembershipStatus

NUMBERS = count(10_000)

STAFF = Actor(kind=ActorKind.STAFF, role=Role.STAFF, name="Sam Staff", language="en")
FINANCE = Actor(kind=ActorKind.FINANCE, role=Role.FINANCE, name="Fay Finance", language="en")
LIMITED_STAFF = Actor(kind=ActorKind.STAFF_ASSIGNED, role=Role.STAFF, name="Lou Limited", language="en")
ADMIN = Actor(kind=ActorKind.ADMIN, role=Role.ADMIN, name="Ada Admin", language="en")


async def a_member(name: str = "Mara Member", status: MembershipStatus = MembershipStatus.ACTIVE) -> Member:
    return await Member.create(number=next(NUMBERS), name=name, status=status)


async def a_member_who_signs_in(name: str = "Mara Member") -> Member:
    """A member with an account, who therefore gets messages."""
    member = await a_member(name)
    member.account = await Account.create(
        email=f"member{member.number}@werkstand.example",
        name=name,
        roles=[Role.MEMBER],
        created_at=await now(connections.get("default")),
    )
    await member.save()
    return member


async def a_customer(
    legal_name: str = "Kunde XYZ",
    kind: CustomerKind = CustomerKind.BUSINESS,
    country: str = "DE",
    vat_id: str | None = None,
) -> Customer:
    """A customer with one contact who has an e-mail address and no account."""
    customer = await Customer.create(
        legal_name=legal_name,
        kind=kind,
        street="Musterweg 1",
        postcode="10115",
        city="Berlin",
        country=country,
        vat_id=vat_id,
        invoice_email="rechnung@kunde.example",
        created_at=await now(connections.get("default")),
    )
    contact = await Contact.create(customer=customer, name="Kim Kontakt", email="kim@kunde.example", language="de")
    customer.default_contact_id = contact.id
    await customer.save()
    return customer


async def another_contact(customer: Customer, *, email: str | None = "noa@kunde.example") -> Contact:
    """A second person at the customer, who is not asked by default."""
    return await Contact.create(customer=customer, name="Noa Neu", email=email, language="de")


async def working_together(member: Member, customer: Customer) -> None:
    await Collaboration.get_or_create(member=member, customer=customer)


def acting_for_member(member: Member) -> Actor:
    return Actor(kind=ActorKind.MEMBER, role=Role.MEMBER, member_id=member.id, name=member.name, language="en")


def acting_for_customer(customer: Customer) -> Actor:
    return Actor(
        kind=ActorKind.CUSTOMER,
        role=Role.CUSTOMER,
        customer_ids=(customer.id,),
        name="Kim Kontakt",
        language="de",
    )
