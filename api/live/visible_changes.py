"""Changes one actor may see; of rows that left its scope it learns their ids, which it knew, and nothing else."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from api.live.change_feed import Callback, ChangeEvent, ChangeFeed, EventFilter, Subscriber
from api.live.visible_rows import VisibleRows, recent_notifications, visible_ids
from domain.client_status.scope import CLIENT_STATUSES_SCOPE
from domain.kernel.actors import Actor
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import EVENTS_SCOPE

# A page subscribes shortly after it was rendered; events in between must not be missed.
PAGE_REPLAY = timedelta(seconds=5)
NO_REPLAY = timedelta(0)

TICK_SECONDS = 0.25
# More changes of client statuses at once than this are told as one: read the list again.
MAX_SINGLE_CHANGES = 20
# Reminders come without an event.
NOTIFICATION_SECONDS = 5.0
MAX_NOTIFICATIONS = 20

HasEnded = Callable[[], Awaitable[bool]]
PageChange = Literal["statuses", "orders", "ended"]


class VisibleChanges:
    """The changes one actor may see, until its session or link has ended.

    `account_id` is the account behind the session; its moves are looked at, so that the end is noticed at once.
    """

    def __init__(
        self,
        change_feed: ChangeFeed,
        actor: Actor,
        has_ended: HasEnded,
        on_end: Callback | None = None,
        *,
        account_id: UUID | None = None,
    ) -> None:
        self._change_feed, self._actor, self._has_ended, self._on_end = change_feed, actor, has_ended, on_end
        self._account_id = account_id

    async def orders(self, *, only: UUID | None = None) -> AsyncGenerator[UUID]:
        """Yield ids of orders with a new event that the actor may read."""

        def concerns(event: ChangeEvent) -> bool:
            return self._is_audience(event) and event.order_id is not None and only in (None, event.order_id)

        async with aclosing(self._batches(concerns)) as batches:
            async for batch in batches:
                changed = _orders_of(batch)
                visible = await visible_ids(ORDERS_SCOPE, self._actor, changed)
                for order_id in changed:
                    if order_id in visible:
                        yield order_id

    async def statuses(self) -> AsyncGenerator[UUID | None]:
        """Yield ids of client statuses that changed, became visible or ceased to be; None when many did at once.

        What one transaction changes comes as one batch: a portion of a bulk operation is one None.
        """
        visible_rows = VisibleRows(CLIENT_STATUSES_SCOPE, self._actor)
        async with aclosing(self._batches(may_change_client_status, prepare=visible_rows.load)) as batches:
            async for batch in batches:
                changes = await _status_changes(visible_rows, batch)
                if len(changes.all) > MAX_SINGLE_CHANGES:
                    yield None
                    continue
                for order_id in changes.all:
                    yield order_id

    async def page_changes(self) -> AsyncGenerator[PageChange]:
        """Yield, for pages, whether statuses or other visible rows changed, and finally that the session has ended."""
        statuses, orders = VisibleRows(CLIENT_STATUSES_SCOPE, self._actor), VisibleRows(ORDERS_SCOPE, self._actor)

        async def open_both() -> None:
            await statuses.load()
            await orders.load()

        def concerns(event: ChangeEvent) -> bool:
            return may_change_client_status(event) or self._is_audience(event)

        async with aclosing(self._batches(concerns, prepare=open_both, replay=PAGE_REPLAY)) as batches:
            async for batch in batches:
                if await _status_changes(statuses, batch):
                    yield "statuses"
                if (await orders.refresh(_orders_of(batch))).disappeared or await self._may_read_any(batch):
                    yield "orders"
        if not self._change_feed.is_closed:
            yield "ended"

    async def notifications(self) -> AsyncGenerator[UUID]:
        """Yield ids of new notifications of the actor, of many at once the newest only."""
        known = await recent_notifications(self._actor)
        async with aclosing(self._batches(self._is_audience, idle_seconds=NOTIFICATION_SECONDS)) as batches:
            async for _ in batches:
                found = await recent_notifications(self._actor)
                for notification_id in sorted(found - known)[-MAX_NOTIFICATIONS:]:
                    yield notification_id
                known = found

    async def ticks(self) -> AsyncGenerator[None]:
        """Yield now and several times a second while the session lasts, for changes without events."""
        while not self._change_feed.is_closed and not await self._has_ended():
            yield
            await asyncio.sleep(TICK_SECONDS)
        if self._on_end and not self._change_feed.is_closed:
            await self._on_end()

    def _is_audience(self, event: ChangeEvent) -> bool:
        return self._actor.role in event.audience

    async def _may_read_any(self, batch: Iterable[ChangeEvent]) -> bool:
        event_ids = [event.id for event in batch if self._is_audience(event)]
        return bool(await visible_ids(EVENTS_SCOPE, self._actor, event_ids))

    async def _batches(
        self,
        concerns: EventFilter,
        *,
        prepare: Callback | None = None,
        replay: timedelta = NO_REPLAY,
        idle_seconds: float | None = None,
    ) -> AsyncGenerator[list[ChangeEvent]]:
        """Yield batches of events since now, or `replay` before, while the session lasts.

        With `idle_seconds`, an empty batch comes after so long without an event.
        """
        listener, since = Subscriber(self._actor, concerns), datetime.now(UTC) - replay
        if prepare:
            await prepare()
        await self._change_feed.subscribe(listener, since=since)
        unwatch = self._change_feed.watch_account(self._account_id, listener.wake)
        try:
            while not self._change_feed.is_closed:
                batch = await _next_batch(listener, idle_seconds)
                if await self._has_ended():
                    break
                if batch or idle_seconds:
                    yield batch
        finally:
            unwatch()
            self._change_feed.unsubscribe(listener)
        if self._on_end and not self._change_feed.is_closed:
            await self._on_end()


async def _next_batch(listener: Subscriber, idle_seconds: float | None) -> list[ChangeEvent]:
    try:
        return await asyncio.wait_for(listener.next_batch(), idle_seconds)
    except TimeoutError:
        return []


@dataclass(frozen=True)
class StatusChanges:
    """Client statuses that changed or became visible, in order, and those that ceased to be."""

    changed: tuple[UUID, ...]
    disappeared: tuple[UUID, ...]

    @property
    def all(self) -> tuple[UUID, ...]:
        return self.changed + self.disappeared

    def __bool__(self) -> bool:
        return bool(self.all)


def may_change_client_status(event: ChangeEvent) -> bool:
    """Return whether a client may see a status change: of a visible status, or by its order's visibility."""
    return event.client_visible or event.subject_kind == "order"


async def _status_changes(rows: VisibleRows, batch: Iterable[ChangeEvent]) -> StatusChanges:
    batch = [*batch]
    announced = {event.order_id for event in batch if event.client_visible}
    requested = _orders_of(event for event in batch if may_change_client_status(event))
    diff = await rows.refresh(requested)
    changed = tuple(each for each in requested if each in diff.appeared or (each in diff.visible and each in announced))
    gone = diff.disappeared | (announced - diff.visible)
    return StatusChanges(changed, tuple(each for each in requested if each in gone))


def _orders_of(batch: Iterable[ChangeEvent]) -> list[UUID]:
    return list(dict.fromkeys(event.order_id for event in batch if event.order_id is not None))
