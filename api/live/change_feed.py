"""Change feed for subscriptions, read from the event table; commit notices only make it faster.

While there are subscribers, new events are read more than once a second, and at once after a commit of this process or,
through Redis, of another one. An event that is committed after a later one is found too, because each poll goes
back further than a transaction can last.
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

# Access that was taken away in another process ends within a second, with time left to look and to close.
POLL_SECONDS = 0.5
ACCOUNT = "account"
MAX_TRANSACTION_AGE = timedelta(seconds=20)
NEW_EVENTS_SQL = """
SELECT e.id, e.order_id, coalesce(o.customer_id, i.customer_id) AS customer_id, e.subject_kind, e.subject_id,
    e.audience, e.subject_kind = 'clientStatus' AND e.body @> '{"seen": true}' AS client_visible
FROM events e
LEFT JOIN orders o ON o.id = e.order_id
LEFT JOIN invoices i ON e.order_id IS NULL AND e.subject_kind = 'invoice' AND i.id = e.subject_id
WHERE e.id > $1 AND (e.order_id IS NOT NULL OR i.id IS NOT NULL OR e.subject_kind = 'account') ORDER BY e.id"""

log = structlog.get_logger()
Callback = Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class ChangeEvent:
    """One event. `client_visible` marks an event of a client status that was or is visible to the client."""

    id: UUID
    order_id: UUID | None
    customer_id: UUID | None
    subject_kind: str
    subject_id: UUID
    audience: list[str]
    client_visible: bool


EventFilter = Callable[[ChangeEvent], bool]


class Subscriber:
    """One subscriber with its pending events, at most one for each subject.

    Customers, signed in or by a link, receive only their own events; for others `customer_ids` is {None}.
    """

    def __init__(self, actor: Actor, accepts: EventFilter) -> None:
        of_customers = actor.kind in PORTAL_KINDS
        self.customer_ids: frozenset[UUID | None] = frozenset(actor.customer_ids if of_customers else {None})
        self._accepts = accepts
        self._pending: dict[tuple[UUID, bool], ChangeEvent] = {}
        self._wakeup = asyncio.Event()

    def push(self, event: ChangeEvent) -> None:
        if self._accepts(event):
            self._pending[event.subject_id, event.client_visible] = event
            self._wakeup.set()

    def wake(self) -> None:
        self._wakeup.set()

    async def next_batch(self) -> list[ChangeEvent]:
        """Wait for pending events and take them, ordered by when their subject first became pending."""
        await self._wakeup.wait()
        self._wakeup.clear()
        taken, self._pending = list(self._pending.values()), {}
        return taken


class ChangeFeed:
    """Reads new events while there are subscribers and pushes them to those they may concern."""

    def __init__(self, notify_others: Callback | None = None) -> None:
        self._notify_others = notify_others
        self._subscribers: set[Subscriber] = set()
        self._subscribers_by_customer: defaultdict[UUID | None, set[Subscriber]] = defaultdict(set)
        self._account_watchers: defaultdict[UUID | None, set[Callable[[], None]]] = defaultdict(set)
        self._recent_events: dict[UUID, ChangeEvent] = {}
        self._recent_account_events: set[UUID] = set()
        self._poll_now = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self.is_closed = False

    def start(self) -> None:
        """Subscribe to the commits of this process."""
        self._unsubscribe = after_commit.subscribe(self._on_commit)

    async def stop(self) -> None:
        """End every subscription."""
        self.is_closed = True
        self._unsubscribe()
        for subscriber in self._subscribers:
            subscriber.wake()
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def poll_now(self) -> None:
        """Poll without delay, because a process has committed."""
        self._poll_now.set()

    async def subscribe(self, subscriber: Subscriber, *, since: datetime) -> None:
        """Push to this subscriber the events since a recent instant and all later ones."""
        if not self._subscribers:
            await self._poll()
        self._subscribers.add(subscriber)
        for customer_id in subscriber.customer_ids:
            self._subscribers_by_customer[customer_id].add(subscriber)
        for event in self._recent_events.values():
            if event.id > first_uuid_at(since) and subscriber in self._subscribers_of(event):
                subscriber.push(event)
        self._keep_polling()

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Push no more events to this subscriber."""
        self._subscribers.discard(subscriber)
        for customer_id in subscriber.customer_ids:
            self._subscribers_by_customer[customer_id].discard(subscriber)
            if not self._subscribers_by_customer[customer_id]:
                del self._subscribers_by_customer[customer_id]

    def watch_account(self, account_id: UUID | None, on_change: Callable[[], None]) -> Callable[[], None]:
        """Call `on_change` when this account was moved; without an id, when any was. The returned function ends that.

        A move of the seconds before counts too, so that none is missed.
        """
        self._account_watchers[account_id].add(on_change)
        self._recent_account_events.clear()
        self._keep_polling()

        def unwatch() -> None:
            self._account_watchers[account_id].discard(on_change)
            if not self._account_watchers[account_id]:
                del self._account_watchers[account_id]

        return unwatch

    @property
    def has_subscribers(self) -> bool:
        return bool(self._subscribers)

    async def _on_commit(self, changes: CommittedChanges) -> None:
        if not changes.order_ids and ACCOUNT not in changes.nouns:
            return
        self.poll_now()
        if self._notify_others:
            await self._notify_others()

    def _keep_polling(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._poll_loop())

    async def _poll_loop(self) -> None:
        while self._subscribers or self._account_watchers:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poll_now.wait(), POLL_SECONDS)
            self._poll_now.clear()
            try:
                await self._poll()
            except Exception:
                log.exception("looking for changes failed")
                await asyncio.sleep(POLL_SECONDS)

    async def _poll(self) -> None:
        since = first_uuid_at(datetime.now(UTC) - MAX_TRANSACTION_AGE)
        rows = await read_sessions().fetch(NEW_EVENTS_SQL, since)
        self._notify_watchers({row["id"]: row["subject_id"] for row in rows if row["subject_kind"] == ACCOUNT})
        found = {
            row["id"]: self._recent_events.get(row["id"]) or ChangeEvent(**row)
            for row in rows
            if row["subject_kind"] != ACCOUNT
        }
        for event in found.values():
            if event.id not in self._recent_events:
                for subscriber in self._subscribers_of(event):
                    subscriber.push(event)
        self._recent_events = found

    def _notify_watchers(self, accounts_by_event: dict[UUID, UUID]) -> None:
        for event_id, account_id in accounts_by_event.items():
            if event_id not in self._recent_account_events:
                for key in (account_id, None):
                    for on_change in [*self._account_watchers.get(key, ())]:
                        on_change()
        self._recent_account_events = set(accounts_by_event)

    def _subscribers_of(self, event: ChangeEvent) -> set[Subscriber]:
        unrestricted, own = (
            self._subscribers_by_customer.get(None, set()),
            self._subscribers_by_customer.get(event.customer_id, set()),
        )
        return unrestricted | own


def first_uuid_at(instant: datetime) -> UUID:
    """Return the smallest time-ordered UUID of an instant."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)
