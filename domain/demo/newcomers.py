"""The demo's further accounts, made by the moves of accounts: two roles, a former employee, two open invitations."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.access.model import Link, LinkPurpose
from domain.accounts.authentication.credentials import holder_actor
from domain.accounts.inputs import Acceptance, Invitation
from domain.commands import execute
from domain.demo.additional_parties import SECOND_CONTACT
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.kernel.actors import Role
from domain.parties.model import Contact

HOUR = 8
CONTACT_INVITED_DAY = -2


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """An employee who is invited; days count from today, and without `accepted_day` the invitation is open."""

    key: str
    name: str
    roles: tuple[Role, ...]
    invited_day: int
    accepted_day: int | None = None
    deactivated_day: int | None = None

    @property
    def email(self) -> str:
        return f"{self.key}@werkstand.example"


NEWCOMERS = (
    Newcomer(key="office", name="Jule Sommer", roles=(Role.STAFF, Role.FINANCE), invited_day=-20, accepted_day=-19),
    Newcomer(
        key="former", name="Piet Harms", roles=(Role.STAFF,), invited_day=-20, accepted_day=-18, deactivated_day=-4
    ),
    Newcomer(key="invited", name="Nele Winter", roles=(Role.FINANCE,), invited_day=-3),
)
TimedMove = tuple[datetime, Callable[[], Awaitable[None]]]


def newcomers_moves(player: ScenarioPlayer, password_hash: str | None) -> Iterator[TimedMove]:
    """The moves of all newcomers with their instants; an account without a password hash is not accepted."""
    for newcomer in NEWCOMERS:
        yield from _moves(player, newcomer, password_hash)
    yield player.instant(CONTACT_INVITED_DAY, HOUR), _invite_contact(player)


def _moves(player: ScenarioPlayer, newcomer: Newcomer, password_hash: str | None) -> Iterator[TimedMove]:
    admin, account_ids = player.participants.actors["admin"], list[UUID]()

    async def invite() -> None:
        entry = Invitation(email=newcomer.email, name=newcomer.name, roles=newcomer.roles, language="de")
        outcome = await execute(_command(newcomer, "invite", input=entry), admin)
        account_ids.append(outcome.subject_id)

    async def accept() -> None:
        link = await Link.filter(account_id=account_ids[0], purpose=LinkPurpose.INVITATION).first()
        holder = holder_actor(
            account_ids[0],
            name=newcomer.name,
            language="de",
            link_id=link.id if link else None,
            link_purpose=LinkPurpose.INVITATION,
        )
        entry = Acceptance(name=newcomer.name, language="de", password_hash=password_hash or "")
        await execute(_command(newcomer, "acceptInvitation", account_ids[0], entry), holder)

    async def deactivate() -> None:
        await execute(_command(newcomer, "deactivate", account_ids[0]), admin)

    yield player.instant(newcomer.invited_day, HOUR), invite
    if newcomer.accepted_day is not None and password_hash:
        yield player.instant(newcomer.accepted_day, HOUR), accept
    if newcomer.deactivated_day is not None:
        yield player.instant(newcomer.deactivated_day, HOUR), deactivate


def _invite_contact(player: ScenarioPlayer) -> Callable[[], Awaitable[None]]:
    """A member invites a contact of a customer to the portal."""

    async def invite() -> None:
        contact = await Contact.get(name=SECOND_CONTACT.name)
        entry = Invitation(contact_id=contact.id)
        command = Command(noun="account", move="invite", input=entry, idempotency_key="demo:account:contact:invite")
        await execute(command, player.participants.actors["member"])

    return invite


def _command(newcomer: Newcomer, move: str, subject_id: UUID | None = None, input: object = None) -> Command:
    key = f"demo:account:{newcomer.key}:{move}"
    return Command(noun="account", move=move, subject_id=subject_id, input=input, idempotency_key=key)
