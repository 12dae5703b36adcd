"""Moves of one's own account, by a mailed link or as the account that is signed in."""

from typing import Any

from domain.accounts.authentication.credentials import AuthenticatedAccount, holder_actor
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor


def holder_of(account: AuthenticatedAccount) -> Actor:
    """The signed-in account as an actor that reaches itself and nothing else."""
    return holder_actor(account.account_id, name=account.actor.name, language=account.actor.language)


async def move_own_account(actor: Actor, move: str, input: Any = None) -> None:
    """Make a move of the actor's own account; raises `Refused` when it is not possible."""
    await execute(Command(noun="account", move=move, subject_id=actor.account_id, input=input), actor)
