"""Changes one actor may see; of rows that left its scope it learns only that some did."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from api.live.change_feed import Callback, ChangeEvent, ChangeFeed, EventFilter, Subscriber
from api.live.visible_rows import VisibleRows, visible_ids
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.kernel.actors import Actor
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import EVENTS_SCOPE

# A page subscribes shortly after it was rendered; events in between must not be missed.
PAGE_REPLAY = timedelta(seconds=5)
NO_REPLAY = timedelta(0)

TICK_SECONDS = 0.25

HasEnded = Callable[[], Awaitable[bool]]
PageChange = Literal["statuses", "orders", "ended"]


class VisibleChanges:
    """The changes one actor may see, until its session or link has ended."""

    def __init__(
        self, change_feed: ChangeFeed, actor: Actor, has_ended: HasEnded, on_end: Callback | None = None
    ) -> None:
        self._change_feed, self._actor, self._has_ended, self._on_end = change_feed, actor, has_ended, on_end

    async def orders(self, *, only: UUID | None = None) -> AsyncGenerator[UUID]:
        """Yield ids of orders with a new event that the actor may read."""

        def concerns(happened: ChangeEvent) -> bool:
            return self._is_audience(happened) and happened.order_id is not None and only in (None, happened.order_id)

        async with aclosing(self._batches(concerns)) as batches:
            async for batch in batches:
                changed = _orders_of(batch)
                there = await visible_ids(ORDERS_SCOPE, self._actor, changed)
                for order_id in changed:
                    if order_id in there:
                        yield order_id

    async def statuses(self) -> AsyncGenerator[UUID | None]:
        """Yield ids of visible client statuses that changed or became visible; None when some ceased to be."""
        sight = VisibleRows(CLIENT_STATUSES_SCOPE, self._actor)
        async with aclosing(self._batches(may_change_client_status, prepare=sight.load)) as batches:
            async for batch in batches:
                changes = await _status_changes(sight, batch)
                for order_id in changes.changed:
                    yield order_id
                if changes.some_disappeared:
                    yield None

    async def page_changes(self) -> AsyncGenerator[PageChange]:
        """Yield, for pages, whether statuses or other visible rows changed, and finally that the session has ended."""
        statuses, orders = VisibleRows(CLIENT_STATUSES_SCOPE, self._actor), VisibleRows(ORDERS_SCOPE, self._actor)

        async def open_both() -> None:
            await statuses.load()
            await orders.load()

        def concerns(happened: ChangeEvent) -> bool:
            return may_change_client_status(happened) or self._is_audience(happened)

        async with aclosing(self._batches(concerns, prepare=open_both, replay=PAGE_REPLAY)) as batches:
            async for batch in batches:
                if await _status_changes(statuses, batch):
                    yield "statuses"
                if (await orders.refresh(_orders_of(batch))).disappeared or await self._may_read_any(batch):
                    yield "orders"
        if not self._change_feed.is_closed:
            yield "ended"

    async def ticks(self) -> AsyncGenerator[None]:
        """Yield now and several times a second while the session lasts, for changes without events."""
        while not self._change_feed.is_closed and not await self._has_ended():
            yield
            await asyncio.sleep(TICK_SECONDS)
        if self._on_end and not self._change_feed.is_closed:
            await self._on_end()

    def _is_audience(self, happened: ChangeEvent) -> bool:
        return self._actor.role in happened.audience

    async def _may_read_any(self, batch: Iterable[ChangeEvent]) -> bool:
        meant = [happened.id for happened in batch if self._is_audience(happened)]
        return bool(await visible_ids(EVENTS_SCOPE, self._actor, meant))

    async def _batches(
        self, concerns: EventFilter, *, prepare: Callback | None = None, replay: timedelta = NO_REPLAY
    ) -> AsyncGenerator[list[ChangeEvent]]:
        """Yield batches of events since `first` began, or `back` before it, while the session lasts."""
        listener, since = Subscriber(self._actor, concerns), datetime.now(UTC) - replay
        if prepare:
            await prepare()
        await self._change_feed.subscribe(listener, since=since)
        try:
            while not self._change_feed.is_closed:
                batch = await listener.next_batch()
                if batch and await self._has_ended():
                    break
                if batch:
                    yield batch
        finally:
            self._change_feed.unsubscribe(listener)
        if self._on_end and not self._change_feed.is_closed:
            await self._on_end()


@dataclass(frozen=True)
class StatusChanges:
    """Return client statuses that changed or became visible, in order, and whether others ceased to be."""

    changed: tuple[UUID, ...]
    some_disappeared: bool

    def __bool__(self) -> bool:
        return bool(self.changed) or self.some_disappeared


def may_change_client_status(happened: ChangeEvent) -> bool:
    """Return whether a client may see a status change: of a visible status, or by its order's visibility."""
    return happened.client_visible or happened.subject_kind == "order"


async def _status_changes(rows: VisibleRows, batch: Iterable[ChangeEvent]) -> StatusChanges:
    told = {happened.order_id for happened in batch if happened.client_visible}
    asked = _orders_of(happened for happened in batch if may_change_client_status(happened))
    looked = await rows.refresh(asked)
    changed = tuple(each for each in asked if each in looked.appeared or (each in looked.visible and each in told))
    return StatusChanges(changed, bool(looked.disappeared or told - looked.visible))


def _orders_of(batch: Iterable[ChangeEvent]) -> list[UUID]:
    return list(dict.fromkeys(happened.order_id for happened in batch if happened.order_id is not None))
