"""The seed of the demo, which fills an empty database once; an interrupted seed is resumed."""

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
from domain.demo.mail_server import requeue_answerable_mail
from domain.demo.office_setup import set_up_office
from domain.demo.participants import Participants, create_participants, set_up_operator
from domain.demo.people import MEMBERS
from domain.demo.scenario import Scenario
from domain.demo.scenario_player import ScenarioPlayer
from domain.demo.scenarios import SCENARIOS, SHOWPIECE, SHOWPIECE_NUMBER, WORKFLOW_SWITCHES
from domain.engine.context import EvaluationContext, read_context
from domain.kernel.actors import CLOCK
from domain.operator.model import OperatorSettings

BEGUN, FINISHED = "demo.begin", "demo.finish"
SELECT_AUDIT = "SELECT detail::text AS detail FROM audit WHERE action = $1"
SELECT_ANY_ACCOUNT = "SELECT 1 FROM accounts LIMIT 1"
SET_FROZEN_AT = "UPDATE clock SET frozen_at = $1"
FIRST_HOUR = time(6, 0)

TimedAction = tuple[datetime, Callable[[], Awaitable[None]]]


@dataclass(frozen=True)
class DemoStart:
    """The instant that counts as now in all scenarios, and the instant at which the clock was frozen before, if any."""

    now: datetime
    held_at: datetime | None


async def seed(password: str | None = None) -> bool:
    """Seed the demo and return whether there was anything to do. Both pools are open.

    All accounts sign in with `password`, or not at all without one. A database with other accounts is left alone. The
    clock is frozen in the past meanwhile, so no other process may use the database.
    """
    beginning = await _begin()
    if beginning is None:
        return False
    try:
        await _run(beginning, password)
    finally:
        await connections.get("default").execute_query(SET_FROZEN_AT, [beginning.held_at])
    return True


async def _begin() -> DemoStart | None:
    connection = connections.get("default")
    if await connection.execute_query_dict(SELECT_AUDIT, [FINISHED]):
        return None
    begun = await connection.execute_query_dict(SELECT_AUDIT, [BEGUN])
    if begun:
        return _read(begun[0]["detail"])
    if await connection.execute_query_dict(SELECT_ANY_ACCOUNT):
        return None
    async with in_transaction() as transaction:
        (row,) = await transaction.execute_query_dict("SELECT app_now() AS now, frozen_at AS held_at FROM clock")
        await audit(transaction, BEGUN, None, row)
    return DemoStart(**row)


def _read(detail: str) -> DemoStart:
    now, held_at = (json.loads(detail)[name] for name in ("now", "held_at"))
    return DemoStart(datetime.fromisoformat(now), datetime.fromisoformat(held_at) if held_at else None)


async def _run(beginning: DemoStart, password: str | None) -> None:
    context = await _moment(beginning.now)
    first_day = context.today + timedelta(days=min(story.created_day for story in SCENARIOS) - 1)
    await clock.freeze(context.calendar.at(first_day, FIRST_HOUR))
    cast = await _create_participants(password)
    await set_up_office(cast.actors["staff"])
    stage = ScenarioPlayer(today=context.today, calendar=context.calendar, participants=cast)
    for at, happens in sorted(_timed_actions(stage), key=lambda happening: happening[0]):
        await stage.advance_clock(at)
        await happens()
    await stage.advance_clock(beginning.now)
    await requeue_answerable_mail()
    async with in_transaction() as transaction:
        await audit(transaction, FINISHED, None)


async def _moment(now: datetime) -> EvaluationContext:
    async with in_transaction() as connection:
        context = await read_context(connection, CLOCK)
        return EvaluationContext(now, CLOCK, context.settings)


async def _create_participants(password: str | None) -> Participants:
    password_hash = await hash_password(password) if password else None
    async with in_transaction() as connection:
        await set_up_operator(connection)
        cast = await create_participants(connection, await read_context(connection, CLOCK), password_hash)
        for key in MEMBERS:
            member = cast.members[key]
            if member.last_order_number == 0:
                member.last_order_number = _previous_order_count(key)
                await member.save(using_db=connection)
    return cast


def _previous_order_count(member: str) -> int:
    """The number of orders that the member had before, so that the showpiece gets its number."""
    if member != SHOWPIECE.member:
        return 0
    begun = {(story.created_day, _minute(index)): story for index, story in enumerate(SCENARIOS)}
    mine = [begun[when] for when in sorted(begun) if begun[when].member == member]
    return SHOWPIECE_NUMBER - 1 - mine.index(SHOWPIECE)


def _minute(index: int) -> int:
    """Every scenario has its own minute, in which all of its steps run."""
    return index * 7 % 60


def _timed_actions(stage: ScenarioPlayer) -> chain[TimedAction]:
    told = (_scenario_actions(stage, story, index) for index, story in enumerate(SCENARIOS))
    return chain(chain.from_iterable(told), (_workflow_switch(stage, *entry) for entry in WORKFLOW_SWITCHES))


def _workflow_switch(stage: ScenarioPlayer, day: int, hour: int, is_on: bool) -> TimedAction:
    async def switch() -> None:
        await OperatorSettings.filter(id=1).update(approval_workflow=is_on)
        async with in_transaction() as connection:
            await audit(connection, "operator.approvalWorkflow", None, {"on": is_on})

    return stage.instant(day, hour), switch


def _scenario_actions(stage: ScenarioPlayer, story: Scenario, index: int) -> list[TimedAction]:
    """The creation and every step, at the scenario's own minute of the hour."""
    minute, order_ids = _minute(index), list[UUID]()

    async def begin() -> None:
        order_ids.append(await stage.create_order(story, f"demo:{index}:create"))

    def playing(position: int) -> Callable[[], Awaitable[None]]:
        async def play() -> None:
            await stage.run_step(story, story.steps[position], order_ids[0], f"demo:{index}:{position}")

        return play

    scenes = [
        (stage.instant(scene.day, scene.hour, minute, position % 60), playing(position))
        for position, scene in enumerate(story.steps)
    ]
    return [(stage.instant(story.created_day, 9, minute), begin), *scenes]
