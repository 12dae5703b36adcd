"""The automations of a unit of work: they run after a move and its consequences, and never make it fail."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from traceback import format_exception
from uuid import UUID

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.automations import results
from domain.automations.actions import run_action
from domain.automations.model import Automation, AutomationState, RunOutcome
from domain.automations.run_claims import ClaimOutcomes, claim_runs
from domain.automations.triggers import HOLD_RELEASING_EVENTS
from domain.client_status.writer import release_text_holds
from domain.engine.concurrency.retry import is_transient
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import RecordedEvent, UnitOfWork
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused

log = structlog.get_logger()

MAX_GENERATIONS = 10
# The triggers of active automations, read with the context of every unit of work.
ACTIVE_TRIGGERS = "active_triggers"
SELECT_ACTIVE_TRIGGERS = """(SELECT coalesce(json_agg(DISTINCT a.trigger), '[]') FROM automations a
    WHERE a.state = 'ACTIVE')"""


async def run_automations(work: UnitOfWork) -> None:
    """Run the automations that follow the events of this unit of work, and then those that follow from them.

    Events count in their order; for each event the active automations run by position, then id. A failure is stored
    with the run and changes nothing else; only transient errors are raised, for the unit of work is retried. Each
    automation acts at most once on an order, and after ten generations no automation follows events of automations.
    """
    cascade, handled = _Cascade(work, work.context), 0
    while new_events := work.events[handled:]:
        handled = len(work.events)
        if moved := sorted({each.subject_id for each in new_events if each.name in HOLD_RELEASING_EVENTS}):
            release_text_holds(work.writes, moved)
        triggers = {each.name for each in new_events}.intersection(work.context.registered[ACTIVE_TRIGGERS])
        automations = await _active_automations_by_trigger(work.connection, triggers)
        for events in _consecutive_by_name(new_events):
            for automation in automations[events[0].name]:
                await cascade.follow(automation, events)
        cascade.generation += 1


async def _active_automations_by_trigger(
    connection: BaseDBAsyncClient, triggers: Collection[str]
) -> dict[str, list[Automation]]:
    """The active automations by trigger, in the order in which they run; no query where there are none."""
    automations: dict[str, list[Automation]] = defaultdict(list)
    if triggers:
        found = Automation.filter(trigger__in=sorted(triggers), state=AutomationState.ACTIVE).using_db(connection)
        for automation in await found.order_by("position", "id"):
            automations[automation.trigger].append(automation)
    return automations


def _consecutive_by_name(events: Sequence[RecordedEvent]) -> Iterator[list[RecordedEvent]]:
    """Consecutive events of one name, as bulk operations record them."""
    return (list(several) for _, several in groupby(events, key=lambda each: each.name))


@dataclass
class _Cascade:
    """The automations of one unit of work; `acted` are the orders on which each has acted."""

    work: UnitOfWork
    context: EvaluationContext
    generation: int = 0
    acted: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    async def follow(self, automation: Automation, events: Sequence[RecordedEvent]) -> None:
        """Run the automation for all orders or for none, and store the result; a failure is stored afterwards."""
        try:
            async with self.work.savepoint():
                await self._run(automation, events)
        except Exception as error:
            if is_transient(error):
                raise
            await self._record_failure(automation, events, error)

    async def _run(self, automation: Automation, events: Sequence[RecordedEvent]) -> None:
        first = self._initial_outcome(automation)
        runs = await claim_runs(self.work, automation, events, self._claim(automation, first), self.context)
        if not runs or first is not RunOutcome.APPLIED:
            return
        by_automation = self.context.as_actor(replace(CLOCK, name=automation.name))
        outcomes = await run_action(self.work, automation, sorted(runs), self.context.today, by_automation)
        await results.save_outcomes(self.work.connection, runs, outcomes)
        self.acted[automation.id] |= runs.keys()

    def _initial_outcome(self, automation: Automation) -> RunOutcome:
        if automation.id in self.work.skipped_automations:
            return RunOutcome.DESELECTED
        return RunOutcome.APPLIED if self.generation < MAX_GENERATIONS else RunOutcome.LOOP

    def _claim(self, automation: Automation, first: RunOutcome) -> ClaimOutcomes:
        """An automation that acted on an order already would go in circles, unless people moved the order twice."""
        again = RunOutcome.LOOP if self.generation else RunOutcome.UNCHANGED
        return ClaimOutcomes(initial=first, repeated=again, acted=self.acted[automation.id])

    async def _record_failure(self, automation: Automation, events: Sequence[RecordedEvent], error: Exception) -> None:
        try:
            async with in_transaction():
                as_failed = self._claim(automation, RunOutcome.FAILED)
                runs = await claim_runs(self.work, automation, events, as_failed, self.context)
                await results.save_failure(self.work.connection, runs, error)
                self.acted[automation.id] |= runs.keys()
        except Exception as another:
            if is_transient(another):
                raise
            _log(automation, another)
        if not isinstance(error, Refused):
            _log(automation, error)


def _log(automation: Automation, error: Exception) -> None:
    """Log the traceback as plain text: the transaction is open, and a renderer that shows locals takes seconds."""
    log.error("an automation failed", automation=str(automation.id), traceback="".join(format_exception(error)))
