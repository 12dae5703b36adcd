"""What one actor may hear of what changed: nothing of what is out of sight, but that something went out of it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from api.changes import ChangeHub, Concerns, Happened, Listener, Tell
from api.sight import Sight, seen
from domain.client_status.sources import CLIENT_STATUSES_SOURCE
from domain.kernel.actors import Actor
from domain.orders.sources import ORDERS_SOURCE
from domain.timeline import EVENTS_SOURCE

# A page listens a moment after it was made; what happened in between must not be missed.
BEFORE_A_PAGE_LISTENS = timedelta(seconds=5)
NOT_BACK = timedelta(0)

SECONDS_BETWEEN_MOMENTS = 0.25

Ended = Callable[[], Awaitable[bool]]
News = Literal["statuses", "orders", "ended"]


class VisibleChanges:
    """The changes one actor may see, until its session or link has ended."""

    def __init__(self, hub: ChangeHub, actor: Actor, has_ended: Ended, on_end: Tell | None = None) -> None:
        self._hub, self._actor, self._has_ended, self._on_end = hub, actor, has_ended, on_end

    async def orders(self, *, only: UUID | None = None) -> AsyncGenerator[UUID]:
        """Ids of orders with a new event that the actor may read."""

        def concerns(happened: Happened) -> bool:
            return self._is_meant(happened) and happened.order_id is not None and only in (None, happened.order_id)

        async with aclosing(self._heard(concerns)) as batches:
            async for batch in batches:
                changed = _orders_of(batch)
                there = await seen(ORDERS_SOURCE, self._actor, changed)
                for order_id in changed:
                    if order_id in there:
                        yield order_id

    async def statuses(self) -> AsyncGenerator[UUID | None]:
        """Ids of client statuses that the actor sees and that changed or came into sight; None when some went."""
        sight = Sight(CLIENT_STATUSES_SOURCE, self._actor)
        async with aclosing(self._heard(may_change_a_status, first=sight.open)) as batches:
            async for batch in batches:
                changes = await _status_changes(sight, batch)
                for order_id in changes.changed:
                    yield order_id
                if changes.some_went:
                    yield None

    async def news(self) -> AsyncGenerator[News]:
        """For pages: whether statuses or anything else in sight changed; at last that the session has ended."""
        statuses, orders = Sight(CLIENT_STATUSES_SOURCE, self._actor), Sight(ORDERS_SOURCE, self._actor)

        async def open_both() -> None:
            await statuses.open()
            await orders.open()

        def concerns(happened: Happened) -> bool:
            return may_change_a_status(happened) or self._is_meant(happened)

        async with aclosing(self._heard(concerns, first=open_both, back=BEFORE_A_PAGE_LISTENS)) as batches:
            async for batch in batches:
                if await _status_changes(statuses, batch):
                    yield "statuses"
                if (await orders.look(_orders_of(batch))).gone or await self._may_read_any(batch):
                    yield "orders"
        if not self._hub.is_closed:
            yield "ended"

    async def moments(self) -> AsyncGenerator[None]:
        """Now, and again several times a second, while the session lasts: for what leaves no events."""
        while not self._hub.is_closed and not await self._has_ended():
            yield
            await asyncio.sleep(SECONDS_BETWEEN_MOMENTS)
        if self._on_end and not self._hub.is_closed:
            await self._on_end()

    def _is_meant(self, happened: Happened) -> bool:
        return self._actor.role in happened.audience

    async def _may_read_any(self, batch: Iterable[Happened]) -> bool:
        meant = [happened.id for happened in batch if self._is_meant(happened)]
        return bool(await seen(EVENTS_SOURCE, self._actor, meant))

    async def _heard(
        self, concerns: Concerns, *, first: Tell | None = None, back: timedelta = NOT_BACK
    ) -> AsyncGenerator[list[Happened]]:
        """What happened since `first` began, or `back` before, as often as something did, while the session lasts."""
        listener, since = Listener(self._actor, concerns), datetime.now(UTC) - back
        if first:
            await first()
        await self._hub.listen(listener, since=since)
        try:
            while not self._hub.is_closed:
                batch = await listener.heard()
                if batch and await self._has_ended():
                    break
                if batch:
                    yield batch
        finally:
            self._hub.leave(listener)
        if self._on_end and not self._hub.is_closed:
            await self._on_end()


@dataclass(frozen=True)
class StatusChanges:
    """Client statuses that changed or came, in the order they were heard of, and whether others went."""

    changed: tuple[UUID, ...]
    some_went: bool

    def __bool__(self) -> bool:
        return bool(self.changed) or self.some_went


def may_change_a_status(happened: Happened) -> bool:
    """Whether a client may see another status since: one it saw changed, or its order came into sight or went."""
    return happened.client_saw or happened.subject_kind == "order"


async def _status_changes(sight: Sight, batch: Iterable[Happened]) -> StatusChanges:
    told = {happened.order_id for happened in batch if happened.client_saw}
    asked = _orders_of(happened for happened in batch if may_change_a_status(happened))
    looked = await sight.look(asked)
    changed = tuple(each for each in asked if each in looked.new or (each in looked.there and each in told))
    return StatusChanges(changed, bool(looked.gone or told - looked.there))


def _orders_of(batch: Iterable[Happened]) -> list[UUID]:
    return list(dict.fromkeys(happened.order_id for happened in batch if happened.order_id is not None))
