"""Races of customers' moves against their deadlines: at the instant at which both are possible, one of them wins."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx2

from domain.kernel.ids import external
from tests.chaos.client import Mutation
from tests.chaos.race_rows import OFFER, REVIEW, Racers, prepare_racers

BATCH = 40
# A request is sent so many seconds before or after the deadline.
EARLIEST, LATEST = -2.5, 0.5
LEAD_SECONDS = 3
PORTAL = "/portal/graphql"
SECONDS_TO_DECIDE = 180.0
PENDING = "SELECT count(*) FROM deadlines WHERE subject_id = ANY($1::uuid[]) AND state = 'PENDING' AND due_at = $2"
WINNERS = """SELECT subject_id, array_agg(name ORDER BY sequence) AS names FROM events
    WHERE subject_id = ANY($1::uuid[]) AND name = ANY($2::text[]) GROUP BY subject_id"""
# What the loser of a race is told.
TYPED = frozenset({"ILLEGAL_TRANSITION", "DEADLINE_PASSED"})


@dataclass(frozen=True, kw_only=True)
class Race:
    """A customer's move, and the deadline that it races against."""

    mutation: Mutation
    event: str
    deadline: str
    given: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.mutation.name} against {self.deadline}"

    @property
    def prefix(self) -> str:
        return "ord" if self.deadline == OFFER else "del"


def _race(mutation: str, deadline: str, **given: Any) -> Race:
    noun = "order" if deadline == OFFER else "delivery"
    move = mutation.removeprefix(noun)
    asked = Mutation(mutation, "order { id }" if deadline == OFFER else "delivery { id }", PORTAL)
    return Race(mutation=asked, event=f"{noun}.{move[0].lower()}{move[1:]}", deadline=deadline, given=given)


RACES = (
    _race("deliveryAccept", REVIEW, versionNumber=1),
    _race("deliveryRequestRevision", REVIEW, defects=["Page 3 is missing."]),
    _race("deliveryExtendReview", REVIEW),
    _race("orderConfirm", OFFER, name="Kim Kontakt", revision=1),
    _race("orderDecline", OFFER, reason="No longer needed."),
    _race("orderRequestChanges", OFFER, message="One more day, please."),
)


@dataclass
class Tally:
    """Who won, and what is wrong: races without a winner or with two, and answers that fit no winner."""

    won_by_person: Counter[str] = field(default_factory=Counter)
    won_by_clock: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Sequence[str]:
        """A line for each pair, one for what losers were told, and the first wrong ones."""
        return [
            *(
                f"{race.name:52}{self.won_by_person[race.name]:6,} won by the customer"
                f"{self.won_by_clock[race.name]:6,} by the clock"
                for race in RACES
            ),
            f"losers were told: {', '.join(f'{code} {count:,}' for code, count in self.told.most_common())}",
            f"wrong: {len(self.wrong)}",
            *self.wrong[:10],
        ]


async def run_races(base_url: str, connection: asyncpg.Connection, count: int, chance: random.Random) -> Tally:
    """So many races of each pair, in batches, while schedulers run elsewhere; both pools are open."""
    tally = Tally()
    for begun in range(0, count, BATCH):
        racers = await prepare_racers(connection, min(BATCH, count - begun), [race.deadline for race in RACES])
        await racers.start_clock(LEAD_SECONDS)
        async with httpx2.AsyncClient(base_url=base_url, timeout=SECONDS_TO_DECIDE, headers=racers.headers) as client:
            await asyncio.gather(
                *(
                    _run(client, connection, race, racers, subject_ids, tally, chance)
                    for race, subject_ids in zip(RACES, racers.subject_ids, strict=True)
                )
            )
    return tally


async def _run(
    client: httpx2.AsyncClient,
    connection: asyncpg.Connection,
    race: Race,
    racers: Racers,
    subject_ids: Sequence[UUID],
    tally: Tally,
    chance: random.Random,
) -> None:
    """All races of one pair, and who won them."""
    delays = [LEAD_SECONDS + chance.uniform(EARLIEST, LATEST) for _ in subject_ids]
    answers = await asyncio.gather(
        *(_answer(client, race, racers.due_at, each, delay) for each, delay in zip(subject_ids, delays, strict=True))
    )
    async with asyncio.timeout(SECONDS_TO_DECIDE):
        while await racers.fetchval(PENDING, subject_ids, racers.due_at):  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.1)
    rows = await racers.fetch(WINNERS, subject_ids, [race.event, race.deadline])
    winners = {row["subject_id"]: row["names"] for row in rows}
    for subject_id, told in zip(subject_ids, answers, strict=True):
        _judge(tally, race, winners.get(subject_id, []), told)


async def _answer(
    client: httpx2.AsyncClient, race: Race, due_at: datetime, subject_id: UUID, delay: float
) -> Sequence[str]:
    """What the customer is told: the codes of the refusals, none when the move was made."""
    given = {"id": external(race.prefix, subject_id), **race.given, "idempotencyKey": f"race-{subject_id}"}
    if race.mutation.name == "deliveryExtendReview":
        given["until"] = (due_at + timedelta(days=2)).isoformat()
    await asyncio.sleep(delay)
    body = {"query": race.mutation.document, "variables": {"input": given}}
    found = (await client.post(race.mutation.path, json=body)).json()
    if "errors" in found:
        return [str(found["errors"])]
    payload = found["data"]["answer"]
    return [each["code"] for each in payload["errors"]]


def _judge(tally: Tally, race: Race, winners: Sequence[str], told: Sequence[str]) -> None:
    """One winner; the customer was told so when they won, and why when they lost."""
    tally.told.update(told)
    if list(winners) == [race.event] and not told:
        tally.won_by_person[race.name] += 1
    elif list(winners) == [race.deadline] and told and TYPED.issuperset(told):
        tally.won_by_clock[race.name] += 1
    else:
        tally.wrong.append(f"{race.name}: winners {winners}, told {told}")
