"""The demo's people beside the scenarios: a second contact, a paused member, and a customer that was entered twice."""

from uuid import UUID

from domain.commands import execute
from domain.demo.participants import Participants
from domain.engine.commands import Command
from domain.kernel.actors import Actor, ActorKind, Role
from domain.members.inputs import NewMember
from domain.parties.inputs import ContactEntry, NewCustomer

SECOND_CONTACT = ContactEntry(name="Nele Arnold", email="nele@xyz.example")
PAUSED_MEMBER = NewMember(number=802, name="Okka Petersen")
ENTERED_TWICE = NewCustomer(
    legal_name="Feinkost Lindgrün",
    street="Gurkenweg 3",
    postcode="03222",
    city="Lübbenau",
    vat_id="DE888888888",
    invoice_email="buchhaltung@lindgruen.example",
    contact=ContactEntry(name="Ida Lindgrün", email="ida@lindgruen.example"),
)


async def add_additional_parties(participants: Participants) -> None:
    """Enter them by commands, as their people would; those from an earlier attempt stay."""
    staff, customer = participants.actors["staff"], participants.customers["xyz"]
    await execute(_once("customer", "addContact", "contact", customer.id, SECOND_CONTACT), staff)
    created = await execute(_once("member", "create", "member", None, PAUSED_MEMBER), staff)
    member = Actor(kind=ActorKind.MEMBER, role=Role.MEMBER, member_id=created.subject_id, name=PAUSED_MEMBER.name)
    await execute(_once("customer", "create", "duplicate", None, ENTERED_TWICE), member)
    await execute(_once("member", "pause", "pause", created.subject_id, None), staff)


def _once(noun: str, move: str, key: str, subject_id: UUID | None, input: object) -> Command:
    return Command(noun=noun, move=move, subject_id=subject_id, input=input, idempotency_key=f"demo:{key}")
