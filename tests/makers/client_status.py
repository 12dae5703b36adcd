"""Client statuses for tests, shown through the door."""

from dataclasses import replace
from typing import Any

from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.orders.model import OrderStatus
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF

IN_PROGRESS = StatusInput(label="In progress", description="We are on it.", color="#2563eb")


async def a_client_status(around: Case | None = None, *, shown: bool = True, **texts: Any) -> Case:
    """The order around a client status that is shown, or still hidden."""
    around = around or await an_order(OrderStatus.ACTIVE)
    if shown:
        await move_client_status(around, "show", replace(IN_PROGRESS, **texts))
    return around


async def move_client_status(around: Case, name: str, takes: Any = None, actor: Actor | None = None) -> ClientStatus:
    """Make one move of an order's client status and return it as it is then.

    Staff makes it, or the member of a draft that was never submitted.
    """
    by = actor or (STAFF if around.is_known_to_operator else around.by_member)
    await execute(Command(noun="clientStatus", move=name, subject_id=around.order.id, input=takes), by)
    return await ClientStatus.get(id=around.order.id)
