"""Rows visible to an actor, remembered to detect which become visible and which cease to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from api.live.change_feed import MAX_TRANSACTION_AGE, first_uuid_at
from domain.access.scoped_table import ScopedTable
from domain.database.pools import read_sessions
from domain.kernel.actors import Actor
from domain.timeline import NOTIFICATIONS_SCOPE


@dataclass(frozen=True)
class VisibilityDiff:
    """One comparison: the visible rows, those newly visible, and those no longer visible."""

    visible: frozenset[UUID]
    appeared: frozenset[UUID]
    disappeared: frozenset[UUID]


class VisibleRows:
    """The rows of one table that were visible to an actor at the last comparison."""

    def __init__(self, table: ScopedTable, actor: Actor) -> None:
        self._table, self._actor = table, actor
        self._known: set[UUID] = set()

    async def load(self) -> None:
        """Remember the rows that are visible now."""
        self._known = set(await visible_ids(self._table, self._actor))

    async def refresh(self, ids: Iterable[UUID]) -> VisibilityDiff:
        """Compare some rows with the last comparison."""
        requested = frozenset(ids)
        visible = await visible_ids(self._table, self._actor, requested)
        diff = VisibilityDiff(visible, visible - self._known, (requested & self._known) - visible)
        self._known -= diff.disappeared
        self._known |= diff.appeared
        return diff


async def visible_ids(table: ScopedTable, actor: Actor, ids: Iterable[UUID] | None = None) -> frozenset[UUID]:
    """Return those of these rows, or of all, that are visible to the actor."""
    requested = None if ids is None else list(ids)
    if requested == []:
        return frozenset()
    among, first = ("TRUE", []) if requested is None else ("t.id = ANY($1::uuid[])", [requested])
    scope, values = table.bound_predicate(actor, "t", first=len(first) + 1)
    statement = f"SELECT t.id FROM {table.table} t WHERE {among} AND ({scope})"  # noqa: S608
    return frozenset(row["id"] for row in await read_sessions().fetch(statement, *first, *values))


async def recent_notifications(actor: Actor) -> frozenset[UUID]:
    """Return the notifications of the actor that were written within the time that a transaction can last."""
    scope, values = NOTIFICATIONS_SCOPE.bound_predicate(actor, "t", first=2)
    statement = f"SELECT t.id FROM outbox t WHERE t.id > $1 AND ({scope})"  # noqa: S608
    since = first_uuid_at(datetime.now(UTC) - MAX_TRANSACTION_AGE)
    return frozenset(row["id"] for row in await read_sessions().fetch(statement, since, *values))
