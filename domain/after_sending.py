"""The move that follows when the mail server has accepted a customer's message."""

import structlog

from domain import commands
from domain.engine.commands import Command
from domain.kernel.actors import CLOCK, Role
from domain.kernel.errors import Refused
from domain.outbox.claims import ClaimedMessage
from domain.registry import REGISTRY

log = structlog.get_logger()


async def message_was_accepted(message: ClaimedMessage) -> None:
    """Make the move that follows, as the system. Opens its own transaction.

    A refusal means that it was made before, or that nothing waits for it any more. A mail about what was replaced
    while it was on its way is followed by nothing.
    """
    follow_up = REGISTRY.after_sending.get(message.name)
    if follow_up is None or message.recipient_role is not Role.CUSTOMER:
        return
    if follow_up.still_applies and not await follow_up.still_applies(message.event_id):
        return
    command = Command(noun=message.subject_kind, move=follow_up.move, subject_id=message.subject_id)
    try:
        await commands.execute(command, CLOCK)
    except Refused as refused:
        log.debug("nothing follows from an accepted message", message=str(message.id), refused=str(refused))
