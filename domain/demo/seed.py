"""Filling an empty database with the demo, once: what was interrupted is taken up where it stopped."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from domain.accounts.passwords import hash_password
from domain.database import clock
from domain.database.audit import audit
from domain.demo.board import set_up_the_office
from domain.demo.cast import Cast, invite, settle_the_operator
from domain.demo.mail import send_what_is_still_open
from domain.demo.people import MEMBERS
from domain.demo.stage import Stage
from domain.demo.stories import SHOWPIECE, SHOWPIECE_NUMBER, STORIES, WORKFLOW
from domain.demo.story import Story
from domain.engine.context import EvaluationContext, read_context
from domain.kernel.actors import CLOCK
from domain.operator.model import OperatorSettings

BEGUN, FINISHED = "demo.begin", "demo.finish"
HEARD_OF = "SELECT detail::text AS detail FROM audit WHERE action = $1"
ANYBODY = "SELECT 1 FROM accounts LIMIT 1"
HOLD = "UPDATE clock SET frozen_at = $1"
FIRST_HOUR = time(6, 0)

Happening = tuple[datetime, Callable[[], Awaitable[None]]]


@dataclass(frozen=True)
class Beginning:
    """The instant that counts as now in all stories, and what the clock was held at before, if at anything."""

    now: datetime
    held_at: datetime | None


async def seed(password: str | None = None) -> bool:
    """Fill in the demo and tell whether there was anything to do. Both pools are open.

    Everybody signs in with `password`, or not at all without one. A database with accounts of its own is left
    alone. The clock is held in the past meanwhile, so no other process may work on the database.
    """
    beginning = await _begin()
    if beginning is None:
        return False
    try:
        await _tell(beginning, password)
    finally:
        await connections.get("default").execute_query(HOLD, [beginning.held_at])
    return True


async def _begin() -> Beginning | None:
    connection = connections.get("default")
    if await connection.execute_query_dict(HEARD_OF, [FINISHED]):
        return None
    begun = await connection.execute_query_dict(HEARD_OF, [BEGUN])
    if begun:
        return _read(begun[0]["detail"])
    if await connection.execute_query_dict(ANYBODY):
        return None
    async with in_transaction() as transaction:
        (row,) = await transaction.execute_query_dict("SELECT app_now() AS now, frozen_at AS held_at FROM clock")
        await audit(transaction, BEGUN, None, row)
    return Beginning(**row)


def _read(detail: str) -> Beginning:
    now, held_at = (json.loads(detail)[name] for name in ("now", "held_at"))
    return Beginning(datetime.fromisoformat(now), datetime.fromisoformat(held_at) if held_at else None)


async def _tell(beginning: Beginning, password: str | None) -> None:
    moment = await _moment(beginning.now)
    first_day = moment.today + timedelta(days=min(story.created for story in STORIES) - 1)
    await clock.freeze(moment.calendar.at(first_day, FIRST_HOUR))
    cast = await _gather(password)
    await set_up_the_office(cast.actors["staff"])
    stage = Stage(today=moment.today, calendar=moment.calendar, cast=cast)
    for at, happens in sorted(_happenings(stage), key=lambda happening: happening[0]):
        await stage.let_time_pass(at)
        await happens()
    await stage.let_time_pass(beginning.now)
    await send_what_is_still_open()
    async with in_transaction() as transaction:
        await audit(transaction, FINISHED, None)


async def _moment(now: datetime) -> EvaluationContext:
    async with in_transaction() as connection:
        moment = await read_context(connection, CLOCK)
        return EvaluationContext(now, CLOCK, moment.settings)


async def _gather(password: str | None) -> Cast:
    password_hash = await hash_password(password) if password else None
    async with in_transaction() as connection:
        await settle_the_operator(connection)
        cast = await invite(connection, await read_context(connection, CLOCK), password_hash)
        for key in MEMBERS:
            member = cast.members[key]
            if member.last_order_number == 0:
                member.last_order_number = _numbers_before(key)
                await member.save(using_db=connection)
    return cast


def _numbers_before(member: str) -> int:
    """How many orders the member had before, so that the showpiece gets its number."""
    if member != SHOWPIECE.member:
        return 0
    begun = {(story.created, _minute(index)): story for index, story in enumerate(STORIES)}
    mine = [begun[when] for when in sorted(begun) if begun[when].member == member]
    return SHOWPIECE_NUMBER - 1 - mine.index(SHOWPIECE)


def _minute(index: int) -> int:
    """Every story has a minute of its own, in which all of its scenes play."""
    return index * 7 % 60


def _happenings(stage: Stage) -> chain[Happening]:
    told = (_of_story(stage, story, index) for index, story in enumerate(STORIES))
    return chain(chain.from_iterable(told), (_of_workflow(stage, *entry) for entry in WORKFLOW))


def _of_workflow(stage: Stage, day: int, hour: int, is_on: bool) -> Happening:
    async def switch() -> None:
        await OperatorSettings.filter(id=1).update(approval_workflow=is_on)
        async with in_transaction() as connection:
            await audit(connection, "operator.approvalWorkflow", None, {"on": is_on})

    return stage.instant(day, hour), switch


def _of_story(stage: Stage, story: Story, index: int) -> list[Happening]:
    """The draft and every scene, at the story's own minute of the hour."""
    minute, order_ids = _minute(index), list[UUID]()

    async def begin() -> None:
        order_ids.append(await stage.begin(story, f"demo:{index}:create"))

    def playing(position: int) -> Callable[[], Awaitable[None]]:
        async def play() -> None:
            await stage.play(story, story.scenes[position], order_ids[0], f"demo:{index}:{position}")

        return play

    scenes = [
        (stage.instant(scene.day, scene.hour, minute, position % 60), playing(position))
        for position, scene in enumerate(story.scenes)
    ]
    return [(stage.instant(story.created, 9, minute), begin), *scenes]
