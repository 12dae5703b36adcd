"""Statements of our moves, counted at the driver: every round trip to PostgreSQL, BEGIN and COMMIT included."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from asyncpg.protocol.protocol import Protocol
from httpx2 import ASGITransport, AsyncClient

from api.application import create_application
from settings import Settings
from tests.benchmarks.move_cases import CASES, MoveCase, Person
from tests.benchmarks.move_contest import Contest
from tests.benchmarks.sizes import SHOWS_STATEMENTS

# The first moves prepare statements; the last one is counted.
COUNTED = 6
SHOWN = 150
ROUND_TRIPS = ("query", "prepare", "bind_execute", "bind_execute_many", "close_statement")
Call = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class RoundTrip:
    """One message to the server that is waited for: its kind, its statement, and how long it took."""

    kind: str
    statement: str
    seconds: float


async def print_statements(settings: Settings, contest: Contest) -> None:
    """Print the statements of one move of each kind, made in this process. Both pools are open."""
    transport = ASGITransport(create_application(settings))
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for case in CASES:
            person = contest.prepared.people[case.role]
            for subject_id in contest.take(case, COUNTED):
                found = await _round_trips(client, case, subject_id, person)
            print(f"{case.name}: {len(found)} statements, authentication, BEGIN, COMMIT and answer included")
            for each in found if SHOWS_STATEMENTS else ():
                print(f"  {each.seconds * 1000:6.2f} ms  {' '.join(each.statement.split())[:SHOWN]}")


async def _round_trips(client: AsyncClient, case: MoveCase, subject_id: UUID, person: Person) -> list["RoundTrip"]:
    headers = {"authorization": f"Bearer {person.token}", "content-type": "application/json"}
    with recorded() as found:
        answer = await client.post(case.path, content=case.body(subject_id), headers=headers)
    assert answer.json()["data"]["answer"]["errors"] == [], answer.text
    return found


@contextmanager
def recorded() -> Iterator[list[RoundTrip]]:
    """Record every round trip of this process while the block runs, in their order."""
    found: list[RoundTrip] = []
    plain = {name: getattr(Protocol, name) for name in ROUND_TRIPS}
    for name, call in plain.items():
        setattr(Protocol, name, _recording(name, call, found))
    try:
        yield found
    finally:
        for name in plain:
            delattr(Protocol, name)


def _recording(kind: str, call: Call, found: list[RoundTrip]) -> Call:
    async def recording(self: Protocol, *args: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return await call(self, *args, **named)
        finally:
            found.append(RoundTrip(kind, _statement(kind, args, named), time.perf_counter() - began))

    return recording


def _statement(kind: str, args: tuple[Any, ...], named: dict[str, Any]) -> str:
    given = named.get("state") or (args[1] if kind == "prepare" else args[0])
    return str(getattr(given, "query", given))
