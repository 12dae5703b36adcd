"""The seed of the demo, which fills an empty database once; an interrupted seed is resumed."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

import settings
from domain.accounts.authentication.passwords import hash_password
from domain.database import clock
from domain.database.audit import audit
from domain.demo.additional_parties import add_additional_parties
from domain.demo.bank_file import import_bank_file
from domain.demo.bulk_operations import bulk_actions
from domain.demo.claims import play_claims
from domain.demo.imports import import_actions
from domain.demo.invoice_runs import prepare_run, run_actions
from domain.demo.mail_server import requeue_answerable_mail
from domain.demo.newcomers import newcomers_moves
from domain.demo.office_setup import prepare_webhook, set_up_office
from domain.demo.participants import Participants, continue_earlier_series, create_participants, set_up_operator
from domain.demo.payments import payment_actions
from domain.demo.people import MEMBERS
from domain.demo.scenario import Scenario
from domain.demo.scenario_player import ScenarioPlayer
from domain.demo.scenarios import SCENARIOS, SHOWPIECE, SHOWPIECE_NUMBER, WORKFLOW_SWITCHES
from domain.engine.context import EvaluationContext, read_context
from domain.files.object_store import object_store
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
    start = await _begin()
    if start is None:
        return False
    try:
        await _run(start, password)
    finally:
        await connections.get("default").execute_query(SET_FROZEN_AT, [start.held_at])
    return True


async def _begin() -> DemoStart | None:
    connection = connections.get("default")
    if await connection.execute_query_dict(SELECT_AUDIT, [FINISHED]):
        return None
    earlier = await connection.execute_query_dict(SELECT_AUDIT, [BEGUN])
    if earlier:
        return _read(earlier[0]["detail"])
    if await connection.execute_query_dict(SELECT_ANY_ACCOUNT):
        return None
    async with in_transaction() as transaction:
        (row,) = await transaction.execute_query_dict("SELECT app_now() AS now, frozen_at AS held_at FROM clock")
        await audit(transaction, BEGUN, None, row)
    return DemoStart(**row)


def _read(detail: str) -> DemoStart:
    now, held_at = (json.loads(detail)[name] for name in ("now", "held_at"))
    return DemoStart(datetime.fromisoformat(now), datetime.fromisoformat(held_at) if held_at else None)


async def _run(start: DemoStart, password: str | None) -> None:
    context = await _context_at(start.now)
    first_day = context.today + timedelta(days=min(scenario.created_day for scenario in SCENARIOS) - 1)
    await clock.freeze(context.calendar.at(first_day, FIRST_HOUR))
    password_hash = await hash_password(password) if password else None
    participants = await _create_participants(password_hash)
    await add_additional_parties(participants)
    await set_up_office(participants.actors["staff"])
    await prepare_webhook(participants.actors["admin"])
    store = object_store(settings.load().storage_url)
    player = ScenarioPlayer(today=context.today, calendar=context.calendar, participants=participants, store=store)
    actions = chain(
        _timed_actions(player),
        newcomers_moves(player, password_hash),
        payment_actions(player),
        import_actions(player),
        bulk_actions(player),
        run_actions(player),
    )
    for at, act in sorted(actions, key=lambda action: action[0]):
        await player.advance_clock(at)
        await act()
    await player.advance_clock(start.now)
    await play_claims(player)
    await import_bank_file(player)
    await prepare_run(player)
    await requeue_answerable_mail()
    async with in_transaction() as transaction:
        await audit(transaction, FINISHED, None)


async def _context_at(now: datetime) -> EvaluationContext:
    async with in_transaction() as connection:
        context = await read_context(connection, CLOCK)
        return EvaluationContext(now, CLOCK, context.settings)


async def _create_participants(password_hash: str | None) -> Participants:
    async with in_transaction() as connection:
        await set_up_operator(connection)
        context = await read_context(connection, CLOCK)
        await continue_earlier_series(connection, context)
        participants = await create_participants(connection, context, password_hash)
        for key in MEMBERS:
            member = participants.members[key]
            if member.last_order_number == 0:
                member.last_order_number = _previous_order_count(key)
                await member.save(using_db=connection)
    return participants


def _previous_order_count(member: str) -> int:
    """The number of orders that the member had before, so that the showpiece gets its number."""
    if member != SHOWPIECE.member:
        return 0
    by_start = {(scenario.created_day, _minute(index)): scenario for index, scenario in enumerate(SCENARIOS)}
    mine = [by_start[when] for when in sorted(by_start) if by_start[when].member == member]
    return SHOWPIECE_NUMBER - 1 - mine.index(SHOWPIECE)


def _minute(index: int) -> int:
    """Every scenario has its own minute, in which all of its steps run."""
    return index * 7 % 60


def _timed_actions(player: ScenarioPlayer) -> chain[TimedAction]:
    actions = (_scenario_actions(player, scenario, index) for index, scenario in enumerate(SCENARIOS))
    return chain(chain.from_iterable(actions), (_workflow_switch(player, *entry) for entry in WORKFLOW_SWITCHES))


def _workflow_switch(player: ScenarioPlayer, day: int, hour: int, is_on: bool) -> TimedAction:
    async def switch() -> None:
        await OperatorSettings.all().update(approval_workflow=is_on)
        async with in_transaction() as connection:
            await audit(connection, "operator.approvalWorkflow", None, {"on": is_on})

    return player.instant(day, hour), switch


def _scenario_actions(player: ScenarioPlayer, scenario: Scenario, index: int) -> list[TimedAction]:
    """The creation and every step, at the scenario's own minute of the hour."""
    minute, order_ids = _minute(index), list[UUID]()

    async def create() -> None:
        order_ids.append(await player.create_order(scenario, f"demo:{index}:create"))

    def step_action(position: int) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await player.run_step(scenario, scenario.steps[position], order_ids[0], f"demo:{index}:{position}")

        return run

    steps = [
        (player.instant(step.day, step.hour, minute, position % 60), step_action(position))
        for position, step in enumerate(scenario.steps)
    ]
    return [(player.instant(scenario.created_day, 9, minute), create), *steps]
