"""What showing, updating and hiding write: the row, and one dated entry of the history."""

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status.model import ClientStatus, ClientStatusChange, StatusOrigin, Visibility
from domain.core.actors import Role
from domain.core.move import Move
from domain.orders.model import Order

TEXTS = ("name", "label", "description", "color", "expected_on")


async def new_client_status(connection: BaseDBAsyncClient, order: Order) -> ClientStatus:
    """The hidden client status of a new order, within the caller's transaction. Both rows share their id."""
    return await ClientStatus.create(using_db=connection, id=order.id, order_id=order.id)


async def show(move: Move) -> None:
    _fill(move)
    if move.facts.status is Visibility.HIDDEN:
        move.row.shown_since = move.now
    elif not move.note:
        move.notifies = frozenset()
    await _keep(move, Visibility.SHOWN)


async def update(move: Move) -> None:
    """Nothing is mailed about a hidden status, nor when nothing has changed."""
    _fill(move)
    if move.facts.status is Visibility.HIDDEN or not move.note:
        move.notifies = frozenset()
    await _keep(move, move.facts.status)


async def hide(move: Move) -> None:
    move.row.shown_since = None
    await _keep(move, Visibility.HIDDEN)


def _fill(move: Move) -> None:
    """Replace the texts and note what changed; nobody is written to who would not see it."""
    row, text = move.row, move.takes
    name = text.name.strip() if text.name else row.name or move.facts.project
    values = {
        "name": name,
        "label": text.label.strip(),
        "description": text.description.strip(),
        "color": text.color.lower(),
        "expected_on": text.expected_on,
    }
    move.note |= {field: value for field, value in values.items() if getattr(row, field) != value}
    for field, value in values.items():
        setattr(row, field, value)
    if not move.facts.may_be_seen:
        move.notifies = frozenset()


async def _keep(move: Move, visibility: Visibility) -> None:
    row, actor = move.row, move.moment.actor
    row.origin = StatusOrigin.AUTOMATION if actor.role is Role.CLOCK else StatusOrigin.MANUAL
    row.changed_at = move.now
    await ClientStatusChange.create(
        using_db=move.connection,
        order_id=row.order_id,
        visibility=visibility,
        origin=row.origin,
        account_id=actor.account_id,
        actor_name=actor.name,
        changed_at=move.now,
        **{name: getattr(row, name) for name in TEXTS},
    )
