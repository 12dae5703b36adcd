"""Invitations for tests, made through the door, and the links that are mailed for them."""

from typing import Any

from domain.access.mailed_links import token
from domain.access.model import Link, LinkPurpose
from domain.accounts.authentication.credentials import authenticate_link, holder_actor
from domain.accounts.inputs import Acceptance, Invitation
from domain.accounts.model import Account
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor, Role
from tests.makers.parties import ADMIN

KEY = b"a key of thirty-two bytes, always"


async def an_invitation(actor: Actor = ADMIN, **facts: Any) -> Account:
    """An invited account, of a new employee unless somebody else is named."""
    if not {"member_id", "contact_id"} & facts.keys():
        facts = {"roles": (Role.STAFF,), "name": "Nele Neu", "email": "nele@werkstand.example"} | facts
    outcome = await execute(Command(noun="account", move="invite", input=Invitation(**facts)), actor)
    return await Account.get(id=outcome.subject_id)


async def move_account(account: Account, name: str, actor: Actor = ADMIN, takes: Any = None) -> Account:
    """Make one move of an account and return it as it is then."""
    await execute(Command(noun="account", move=name, subject_id=account.id, input=takes), actor)
    return await Account.get(id=account.id)


async def accepting(account: Account, actor: Actor | None = None) -> Account:
    """The account once the invited person has accepted by the mailed link."""
    entry = Acceptance(name=account.name, language="en", password_hash="!")
    return await move_account(account, "acceptInvitation", actor or await by_link(account), entry)


async def by_link(account: Account, purpose: LinkPurpose = LinkPurpose.INVITATION) -> Actor:
    """The account's holder, who has opened the newest link for this purpose."""
    found = await the_link(account, purpose)
    state = await authenticate_link(token(found.id, purpose, KEY), KEY)
    assert state is not None
    assert state.actor is not None
    return state.actor


async def the_link(account: Account, purpose: LinkPurpose = LinkPurpose.INVITATION) -> Link:
    """The newest link of an account for this purpose."""
    link = await Link.filter(account_id=account.id, purpose=purpose).order_by("-id").first()
    assert link is not None
    return link


def by_themself(account: Account) -> Actor:
    """The account's holder, who is signed in."""
    return holder_actor(account.id, name=account.name, language=account.language)
