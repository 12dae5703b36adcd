"""Which rows somebody sees, remembered, so that whatever comes into sight or goes out of it is noticed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.access.scoped_table import ScopedTable
from domain.database.pools import read_sessions
from domain.kernel.actors import Actor


@dataclass(frozen=True)
class VisibilityDiff:
    """What a look at some rows found: those in sight, those of them that were not before, and those that went."""

    visible: frozenset[UUID]
    appeared: frozenset[UUID]
    disappeared: frozenset[UUID]


class VisibleRows:
    """The rows of one source that an actor saw when it last looked."""

    def __init__(self, table: ScopedTable, actor: Actor) -> None:
        self._source, self._actor = table, actor
        self._known: set[UUID] = set()

    async def load(self) -> None:
        """Remember what is in sight now."""
        self._known = set(await visible_ids(self._source, self._actor))

    async def refresh(self, ids: Iterable[UUID]) -> VisibilityDiff:
        """Look at some rows again."""
        asked = frozenset(ids)
        there = await visible_ids(self._source, self._actor, asked)
        looked = VisibilityDiff(there, there - self._known, (asked & self._known) - there)
        self._known -= looked.disappeared
        self._known |= looked.appeared
        return looked


async def visible_ids(table: ScopedTable, actor: Actor, ids: Iterable[UUID] | None = None) -> frozenset[UUID]:
    """Those of these rows, or of all, that the actor sees."""
    asked = None if ids is None else list(ids)
    if asked == []:
        return frozenset()
    among, first = ("TRUE", []) if asked is None else ("t.id = ANY($1::uuid[])", [asked])
    scope, values = table.bound_predicate(actor, "t", first=len(first) + 1)
    statement = f"SELECT t.id FROM {table.table} t WHERE {among} AND ({scope})"  # noqa: S608
    return frozenset(row["id"] for row in await read_sessions().fetch(statement, *first, *values))
