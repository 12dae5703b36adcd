"""What the moves of one client status write; what is said in them goes through the one writer."""

from dataclasses import replace

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status import change as changes
from domain.client_status.change import Change
from domain.client_status.model import ClientStatus, PendingStatus, StatusOrigin, Visibility
from domain.client_status.quiet import publish_these
from domain.client_status.refilling import with_the_day_in_their_texts
from domain.client_status.restating import restate
from domain.client_status.takes import change_of
from domain.engine.unit_of_work import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.orders.model import Order


async def new_client_status(connection: BaseDBAsyncClient, order: Order) -> ClientStatus:
    """The hidden client status of a new order, within the caller's transaction. Both rows share their id."""
    return await ClientStatus.create(using_db=connection, id=order.id, order_id=order.id, customer_id=order.customer_id)


async def show(move: TransitionContext) -> None:
    await _restate(move, replace(change_of(move.input, changes.SHOW), visibility=Visibility.SHOWN))


async def update(move: TransitionContext) -> None:
    """Hidden stays hidden; nothing is mailed that says the same as before."""
    change = change_of(move.input, changes.UPDATE)
    for each, _ in await with_the_day_in_their_texts(move.connection, change, [move.row.id]):
        await _restate(move, each)


async def hide(move: TransitionContext) -> None:
    await _restate(move, Change(event=changes.HIDE, visibility=Visibility.HIDDEN))


async def reveal(move: TransitionContext) -> None:
    """Whoever or whatever set it did so before; that its order came into sight changes nothing about it."""
    status: ClientStatus = move.row
    await _written(move, Change(event=changes.REVEAL, origin=status.origin, automation_id=status.automation_id))


async def publish(move: TransitionContext) -> None:
    await publish_these(move.work, [move.row.id], move.context)


async def take_back(move: TransitionContext) -> None:
    """What waited is gone; the client goes on reading what was there before."""
    await PendingStatus.filter(id=move.row.id).using_db(move.connection).delete()


async def clear(move: TransitionContext) -> None:
    """What waits loses its hold as well, or it would bring one back when its time comes."""
    move.row.kept_until = move.row.kept_until_on = None
    waiting = PendingStatus.filter(id=move.row.id).using_db(move.connection)
    await waiting.update(kept_until=None, kept_until_on=None)


async def _restate(move: TransitionContext, change: Change) -> None:
    origin = StatusOrigin.AUTOMATION if move.context.actor.role is Role.CLOCK else StatusOrigin.MANUAL
    await _written(move, replace(change, origin=origin))


async def _written(move: TransitionContext, change: Change) -> None:
    restated = await restate(move.work, [move.row.id], change, move.context)
    for refusals in restated.refused.values():
        raise Refused(*refusals)
