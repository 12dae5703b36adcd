"""Consequences for accounts: every move of one is audited, and a member entered with an address is invited."""

from collections.abc import Sequence
from typing import Any

from domain.accounts.inputs import Invitation
from domain.accounts.lifecycle import ACCOUNTS
from domain.database.audit import audit
from domain.engine.noun import Consequence
from domain.engine.transition import apply_all


async def write_audit(moves: Sequence[Any]) -> None:
    """Write who did what to which account; what changed is in the event."""
    for move in moves:
        action = move.lifecycle.event_name(move.transition)
        detail = {"account": move.row.id, "by": move.context.actor.name, **move.event_body}
        await audit(move.connection, action, move.context.actor.account_id, detail)


async def invite_members(moves: Sequence[Any]) -> None:
    """Invite an account for each new member that was entered with an address, as the one who entered it."""
    for move in moves:
        if move.input.email and move.input.email.strip():
            invitation = Invitation(email=move.input.email, member_id=move.row.id)
            await apply_all(move.work, ACCOUNTS, ACCOUNTS.moves["invite"], [(None, invitation)], move.context)


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    ACCOUNTS.event_name(move): (write_audit,) for move in ACCOUNTS.moves.values()
} | {"member.create": (invite_members,)}
