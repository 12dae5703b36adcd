"""What changed, for those who subscribe: the events are the truth, announcements only make it faster.

While anybody listens, new events are read once a second, and at once when a commit of this process or,
through Redis, of another one is announced. An event is found although it was committed after a later one,
because each look goes back further than a transaction can last.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from domain.core import announce
from domain.core.actors import Actor, Role
from domain.core.announce import Changes
from domain.core.database import reads
from domain.orders.sources import ORDERS_SOURCE

LOOK_EVERY_SECONDS = 1.0
LONGEST_TRANSACTION = timedelta(seconds=20)
NEW_EVENTS = "SELECT id, order_id, audience FROM events WHERE id > $1 AND order_id IS NOT NULL ORDER BY id"

log = structlog.get_logger()
Ended = Callable[[], Awaitable[bool]]
Tell = Callable[[], Awaitable[None]]


class Listener:
    """One subscriber: orders that changed since it last asked, each once however often it changed."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self._waiting: dict[UUID, None] = {}
        self._woken = asyncio.Event()

    def hear(self, order_id: UUID, audience: list[str]) -> None:
        if self.role in audience:
            self._waiting[order_id] = None
            self._woken.set()

    def wake(self) -> None:
        self._woken.set()

    async def changed(self) -> list[UUID]:
        """Wait for the next changes and take them."""
        await self._woken.wait()
        self._woken.clear()
        taken, self._waiting = list(self._waiting), {}
        return taken


class ChangeHub:
    """Reads new events while anybody listens and tells each listener what its role may read."""

    def __init__(self, tell_others: Tell | None = None) -> None:
        self._tell_others = tell_others
        self._listeners: set[Listener] = set()
        self._known: dict[UUID, None] = {}
        self._poke = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self.is_closed = False

    def start(self) -> None:
        """Hear the commits of this process."""
        self._unsubscribe = announce.subscribe(self._announced)

    async def stop(self) -> None:
        """End every subscription."""
        self.is_closed = True
        self._unsubscribe()
        for listener in self._listeners:
            listener.wake()
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def poke(self) -> None:
        """Look now: another process has committed something."""
        self._poke.set()

    async def listen(self, listener: Listener) -> None:
        """Tell this listener what is committed from now on."""
        if not self._listeners:
            await self._look()
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._keep_looking())

    def leave(self, listener: Listener) -> None:
        """Tell this listener no more."""
        self._listeners.discard(listener)

    @property
    def has_listeners(self) -> bool:
        return bool(self._listeners)

    async def _announced(self, changes: Changes) -> None:
        if not changes.order_ids:
            return
        self.poke()
        if self._tell_others:
            await self._tell_others()

    async def _keep_looking(self) -> None:
        while self._listeners:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poke.wait(), LOOK_EVERY_SECONDS)
            self._poke.clear()
            try:
                await self._look()
            except Exception:
                log.exception("looking for changes failed")
                await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _look(self) -> None:
        since = _first_id_of(datetime.now(UTC) - LONGEST_TRANSACTION)
        rows = await reads().fetch(NEW_EVENTS, since)
        for row in rows:
            if row["id"] not in self._known:
                for listener in self._listeners:
                    listener.hear(row["order_id"], row["audience"])
        self._known = {row["id"]: None for row in rows}


class VisibleChanges:
    """The changes one actor may see, until its session or link has ended."""

    def __init__(self, hub: ChangeHub, actor: Actor, has_ended: Ended, on_end: Tell | None = None) -> None:
        self._hub, self._actor, self._has_ended, self._on_end = hub, actor, has_ended, on_end

    async def orders(self, *, only: UUID | None = None) -> AsyncGenerator[UUID]:
        """Ids of orders with a new event that the actor may read."""
        listener = Listener(self._actor.role)
        await self._hub.listen(listener)
        try:
            while not self._hub.is_closed:
                changed = [each for each in await listener.changed() if only in (None, each)]
                if changed and await self._has_ended():
                    break
                for order_id in await self._visible(changed):
                    yield order_id
        finally:
            self._hub.leave(listener)
        if self._on_end and not self._hub.is_closed:
            await self._on_end()

    async def _visible(self, changed: list[UUID]) -> list[UUID]:
        if not changed:
            return []
        scope, values = ORDERS_SOURCE.scope_for(self._actor, "t", first=2)
        statement = f"SELECT t.id FROM orders t WHERE t.id = ANY($1::uuid[]) AND ({scope})"  # noqa: S608
        rows = await reads().fetch(statement, changed, *values)
        seen = {row["id"] for row in rows}
        return [each for each in changed if each in seen]


def _first_id_of(instant: datetime) -> UUID:
    """The smallest time-ordered identifier of an instant."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)
