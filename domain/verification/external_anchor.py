"""Anchors that are kept elsewhere: one line says what the history was, and a later one is compared with it.

The lines tell nothing about what is in the history: an instant, how many events and sealed rows there were, and one
hash over each. Rows are hashed in the order of their ids, which follow real time, so that the hash of a past state is
met again on the way to the present one.
"""

import hashlib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from domain.verification.verify import reading_session

# A row that is younger may still be followed by one with a smaller id, of a transaction that has not ended.
MARGIN = timedelta(minutes=5)
VERSION = "werkstand-anchor-1"
BATCH = 20_000
START, LAST = UUID(int=0), UUID(int=2**128 - 1)
STREAMS = ("events", "seals")
PAGE = "SELECT id, hash FROM {table} WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3"


@dataclass(frozen=True, kw_only=True)
class StreamState:
    """One table up to some row: how many rows there are, and the hash over their hashes."""

    rows: int
    root: str


@dataclass(frozen=True, kw_only=True)
class ExternalAnchor:
    """What the history was at an instant, as one line of text."""

    at: datetime
    states: Sequence[StreamState]

    def __str__(self) -> str:
        places = " ".join(f"{state.rows} {state.root}" for state in self.states)
        return f"{VERSION} {self.at.isoformat(timespec='seconds').replace('+00:00', 'Z')} {places}"

    @classmethod
    def parse(cls, line: str) -> "ExternalAnchor":
        """Read a line that was printed before. Raises `ValueError`."""
        version, at, *places = line.split()
        if version != VERSION or len(places) != 2 * len(STREAMS):
            raise ValueError(f"no line of `werkstand verify --print-anchor`: {line[:80]}")
        states = [StreamState(rows=int(places[n]), root=places[n + 1]) for n in range(0, len(places), 2)]
        return cls(at=datetime.fromisoformat(at), states=states)


async def current_anchor(database_url: str, margin: timedelta = MARGIN) -> ExternalAnchor:
    """The anchor of everything that is older than the margin."""
    until = datetime.now(UTC) - margin
    async with reading_session(database_url) as connection:
        states = [await _state_until(connection, table, until) for table in STREAMS]
    return ExternalAnchor(at=until, states=states)


async def rewritten_since(database_url: str, anchors: Sequence[ExternalAnchor]) -> Sequence[str]:
    """One sentence for each anchor and table whose rows of then are no longer as they were; growth is accepted."""
    sentences: list[str] = []
    async with reading_session(database_url) as connection:
        for place, table in enumerate(STREAMS):
            expected = {each.states[place].rows: each for each in anchors}
            roots = await _roots_at(connection, table, expected.keys())
            sentences += [_difference(table, each, each.states[place], roots) for each in anchors]
    return [sentence for sentence in sentences if sentence]


def _difference(table: str, anchor: ExternalAnchor, state: StreamState, roots: Mapping[int, str]) -> str:
    at = anchor.at.isoformat(timespec="seconds")
    if state.rows not in roots:
        return f"{table}: fewer rows than the {state.rows} of {at}"
    return "" if roots[state.rows] == state.root else f"{table}: the first {state.rows} rows are not those of {at}"


async def _state_until(connection: asyncpg.Connection, table: str, until: datetime) -> StreamState:
    hasher, rows = hashlib.sha256(), 0
    async for row_hash in _hashes(connection, table, _last_id_before(until)):
        hasher.update(row_hash)
        rows += 1
    return StreamState(rows=rows, root=hasher.hexdigest())


async def _roots_at(connection: asyncpg.Connection, table: str, counts: Collection[int]) -> Mapping[int, str]:
    """The root after so many rows, for each count that the table reaches."""
    hasher, rows, roots = hashlib.sha256(), 0, dict[int, str]()
    async for row_hash in _hashes(connection, table, LAST):
        if rows in counts:
            roots[rows] = hasher.hexdigest()
        hasher.update(row_hash)
        rows += 1
    return roots | {rows: hasher.hexdigest()}


async def _hashes(connection: asyncpg.Connection, table: str, last: UUID) -> AsyncIterator[bytes]:
    """The rows up to an id, page by page."""
    place = START
    while page := await connection.fetch(PAGE.format(table=table), place, last, BATCH):
        for row in page:
            yield row["hash"]
        place = page[-1]["id"]


def _last_id_before(instant: datetime) -> UUID:
    """The greatest identifier (UUIDv7) that was made before an instant."""
    return UUID(int=(int(instant.timestamp() * 1000) << 80) - 1)
