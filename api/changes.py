"""What changed, for those who listen: the events are the truth, announcements only make it faster.

While anybody listens, new events are read once a second, and at once when a commit of this process or,
through Redis, of another one is announced. An event is found although it was committed after a later one,
because each look goes back further than a transaction can last.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from domain.database.pools import read_sessions
from domain.engine import after_commit
from domain.engine.after_commit import CommittedChanges
from domain.kernel.actors import PORTAL_KINDS, Actor

LOOK_EVERY_SECONDS = 1.0
LONGEST_TRANSACTION = timedelta(seconds=20)
NEW_EVENTS = """
SELECT e.id, e.order_id, coalesce(o.customer_id, i.customer_id) AS customer_id, e.subject_kind, e.subject_id,
    e.audience, e.subject_kind = 'clientStatus' AND e.body @> '{"seen": true}' AS client_saw
FROM events e
LEFT JOIN orders o ON o.id = e.order_id
LEFT JOIN invoices i ON e.order_id IS NULL AND e.subject_kind = 'invoice' AND i.id = e.subject_id
WHERE e.id > $1 AND (e.order_id IS NOT NULL OR i.id IS NOT NULL) ORDER BY e.id"""

log = structlog.get_logger()
Tell = Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One event. `client_saw` marks those of a client status that the client saw before or sees since."""

    id: UUID
    order_id: UUID | None
    customer_id: UUID | None
    subject_kind: str
    subject_id: UUID
    audience: list[str]
    client_saw: bool


Concerns = Callable[[Happened], bool]


class Listener:
    """One subscriber: what happened since it last asked and concerns it, each subject once however often it changed.

    Customers, signed in or by a link, are told of nothing but their own; for others the `customer_ids` are {None}.
    """

    def __init__(self, actor: Actor, concerns: Concerns) -> None:
        of_customers = actor.kind in PORTAL_KINDS
        self.customer_ids: frozenset[UUID | None] = frozenset(actor.customer_ids if of_customers else {None})
        self._concerns = concerns
        self._waiting: dict[tuple[UUID, bool], Happened] = {}
        self._woken = asyncio.Event()

    def hear(self, happened: Happened) -> None:
        if self._concerns(happened):
            self._waiting[happened.subject_id, happened.client_saw] = happened
            self._woken.set()

    def wake(self) -> None:
        self._woken.set()

    async def heard(self) -> list[Happened]:
        """Wait for the next news and take them, in the order in which they were first heard of."""
        await self._woken.wait()
        self._woken.clear()
        taken, self._waiting = list(self._waiting.values()), {}
        return taken


class ChangeHub:
    """Reads new events while anybody listens and tells each listener what may concern it."""

    def __init__(self, tell_others: Tell | None = None) -> None:
        self._tell_others = tell_others
        self._listeners: set[Listener] = set()
        self._of_customer: defaultdict[UUID | None, set[Listener]] = defaultdict(set)
        self._known: dict[UUID, Happened] = {}
        self._poke = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self.is_closed = False

    def start(self) -> None:
        """Hear the commits of this process."""
        self._unsubscribe = after_commit.subscribe(self._announced)

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

    async def listen(self, listener: Listener, *, since: datetime) -> None:
        """Tell this listener what is committed from now on, and first what happened since an instant just passed."""
        if not self._listeners:
            await self._look()
        self._listeners.add(listener)
        for customer_id in listener.customer_ids:
            self._of_customer[customer_id].add(listener)
        for happened in self._known.values():
            if happened.id > _first_id_of(since) and listener in self._listening_to(happened):
                listener.hear(happened)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._keep_looking())

    def leave(self, listener: Listener) -> None:
        """Tell this listener no more."""
        self._listeners.discard(listener)
        for customer_id in listener.customer_ids:
            self._of_customer[customer_id].discard(listener)
            if not self._of_customer[customer_id]:
                del self._of_customer[customer_id]

    @property
    def has_listeners(self) -> bool:
        return bool(self._listeners)

    async def _announced(self, changes: CommittedChanges) -> None:
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
        rows = await read_sessions().fetch(NEW_EVENTS, since)
        found = {row["id"]: self._known.get(row["id"]) or Happened(**row) for row in rows}
        for happened in found.values():
            if happened.id not in self._known:
                for listener in self._listening_to(happened):
                    listener.hear(happened)
        self._known = found

    def _listening_to(self, happened: Happened) -> set[Listener]:
        everything, own = self._of_customer.get(None, set()), self._of_customer.get(happened.customer_id, set())
        return everything | own


def _first_id_of(instant: datetime) -> UUID:
    """The smallest time-ordered identifier of an instant."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)
