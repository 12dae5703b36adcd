"""The product and what it is compared with, each making the same moves on rows of its own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from tests.benchmarks.load import post_each, request
from tests.benchmarks.move_cases import CASES, MoveCase, Prepared
from tests.benchmarks.servers import Server

OURS, LIMIT, ORM = "ours", "limit", "ORM"
SUCCESS = b'"errors":[]'

Rows = Mapping[str, Iterator[UUID]]


@dataclass(frozen=True)
class Entry:
    """One move made by one contestant over so many connections."""

    case: MoveCase
    connections: int
    way: str


@dataclass(frozen=True)
class Contest:
    """The servers, the rows that no move was made on yet, and how long each move took."""

    prepared: Prepared
    servers: Mapping[str, Server]
    rows: Rows
    each: dict[Entry, list[float]] = field(default_factory=lambda: defaultdict(list))

    def take(self, case: MoveCase, count: int) -> list[UUID]:
        """The next rows for a move."""
        return [next(self.rows[case.name]) for _ in range(count)]

    async def make(self, entry: Entry, subject_ids: Sequence[UUID]) -> float:
        """Make the move of each row once; return the seconds that takes in all."""
        port = self.servers[entry.way].port
        requests = [self._request(entry, subject_id, port) for subject_id in subject_ids]
        posted = await post_each(port, requests, connections=entry.connections, expected=SUCCESS)
        self.each[entry] += posted.each
        return posted.seconds

    def _request(self, entry: Entry, subject_id: UUID, port: int) -> bytes:
        case, person = entry.case, self.prepared.people[entry.case.role]
        if entry.way == OURS:
            return request(port, case.path, case.body(subject_id), person.token)
        return request(port, f"/{case.name}", case.short_body(subject_id, person), person.token)


async def prepare_rows(connection: asyncpg.Connection, prepared: Prepared, count: int) -> Rows:
    """So many rows for each move, of orders that no other move gets."""
    rows = {case.name: iter(await case.rows(connection, prepared.templates, count)) for case in CASES}
    await connection.execute("VACUUM ANALYZE")
    return rows
