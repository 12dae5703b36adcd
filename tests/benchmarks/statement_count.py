"""Statements of our moves, counted at the driver: every round trip to PostgreSQL, BEGIN and COMMIT included."""

from uuid import UUID

from httpx2 import ASGITransport, AsyncClient

from api.application import create_application
from settings import Settings
from tests.benchmarks.move_cases import CASES, MoveCase, Person
from tests.benchmarks.move_contest import Contest
from tests.benchmarks.sizes import SHOWS_STATEMENTS
from tests.support.round_trips import RoundTrip, recorded

# The first moves prepare statements; the last one is counted.
COUNTED = 6
SHOWN = 150


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


async def _round_trips(client: AsyncClient, case: MoveCase, subject_id: UUID, person: Person) -> list[RoundTrip]:
    headers = {"authorization": f"Bearer {person.token}", "content-type": "application/json"}
    with recorded() as found:
        answer = await client.post(case.path, content=case.body(subject_id), headers=headers)
    assert answer.json()["data"]["answer"]["errors"] == [], answer.text
    return found
