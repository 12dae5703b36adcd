"""The demo's operations on many rows at once: staff assigns orders, and a member tells two customers the same."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.bulk.lifecycle import CLIENT_STATUS_BULK, ORDER_BULK
from domain.commands import execute
from domain.demo.office_setup import template_ids
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.engine.lifecycle import Lifecycle
from domain.kernel.actors import Actor
from domain.orders.model import Order

DAY, HOUR = -1, 15
ASSIGNED = ("Onlineshop, Produkttexte", "Gastbeiträge Fachblog", "Bildarchiv ordnen")
TOLD, TEMPLATE = ("Zaunbanner", "Bildarchiv ordnen"), "In Arbeit"


def bulk_actions(player: ScenarioPlayer) -> Iterator[tuple[datetime, Callable[[], Awaitable[None]]]]:
    """Both operations with their instants; an interrupted seed starts nothing twice."""
    staff, member = player.participants.actors["staff"], player.participants.actors["member"]

    async def assign() -> None:
        ids = await _order_ids(ASSIGNED)
        await start_operation(ORDER_BULK, "assign", staff, order_ids=ids, account_ids=(staff.account_id,))

    async def tell() -> None:
        ids, template_id = await _order_ids(TOLD), (await template_ids())[TEMPLATE]
        await start_operation(CLIENT_STATUS_BULK, "set", member, order_ids=ids, template_id=template_id)
        await player.mail_server.accept_pending()

    yield player.instant(DAY, HOUR), assign
    yield player.instant(DAY, HOUR + 1), tell


async def start_operation(lifecycle: Lifecycle, move: str, actor: Actor, **entered: Any) -> None:
    """Make a move of many rows, which are named among the fields that are entered; each move once."""
    input_class = lifecycle.moves[move].input
    assert input_class is not None
    key = f"demo:{lifecycle.noun}:{move}"
    await execute(Command(noun=lifecycle.noun, move=move, input=input_class(**entered), idempotency_key=key), actor)


async def _order_ids(projects: Sequence[str]) -> tuple[UUID, ...]:
    return tuple([order.id for order in await Order.filter(project__in=projects).order_by("id")])
