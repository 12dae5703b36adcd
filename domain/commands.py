"""The ways into the domain: what API, pages, scheduler and queue call to move anything."""

from uuid import UUID

import settings
from domain.bulk.execution import resume
from domain.bulk.execution.worker import Worker
from domain.bulk.handlers.registry import KINDS
from domain.bulk.lifecycle import STARTING_COMMANDS
from domain.client_status.notices import quiet_period, staleness
from domain.deadlines import sweeper
from domain.engine import commands, retention
from domain.engine.commands import Command, Outcome
from domain.files.object_store import ObjectStore
from domain.invoice_runs.handlers import KINDS as INVOICE_RUN_KINDS
from domain.invoice_runs.lifecycle import STARTING_COMMANDS as RUN_COMMANDS
from domain.invoice_runs.operations import operation_of
from domain.kernel.actors import CLOCK, Actor
from domain.operator.inputs import FirstSetup
from domain.operator.model import OperatorSettings
from domain.registry import REGISTRY
from domain.uploads import composition
from domain.uploads.composition import SMALL_BYTES
from domain.uploads.guards import MAX_FILE_BYTES
from domain.uploads.virus_checks.clamd import Clamd
from domain.uploads.virus_checks.worker import check_waiting

WORKER = Worker(REGISTRY, {**KINDS, **INVOICE_RUN_KINDS})


async def execute(command: Command, actor: Actor) -> Outcome:
    """Execute one command and its consequences in one unit of work, or nothing at all.

    Raises `Refused` when the move, or a consequence it requires, is not possible. A bulk operation that was started is
    worked to its end, unless it is a large one. Runs outside any transaction of the caller.
    """
    outcome = await commands.execute(REGISTRY, command, actor)
    if (command.noun, command.move) in STARTING_COMMANDS and not outcome.replayed:
        await resume.run_now(WORKER, outcome.subject_id, actor)
    elif (command.noun, command.move) in RUN_COMMANDS and not outcome.replayed:
        await resume.run_now(WORKER, await operation_of(outcome.subject_id), actor)
    return outcome


async def set_up(entry: FirstSetup) -> None:
    """Enter the operator and the first administrator; raises `Refused` once an account exists."""
    operator = await OperatorSettings.get().only("id")
    await commands.execute(REGISTRY, Command(noun="operator", move="setUp", subject_id=operator.id, input=entry), CLOCK)


async def fire_deadline(deadline_id: UUID) -> bool:
    """Fire one deadline if it is due, or postpone it when that fails; return whether it fired."""
    return await sweeper.fire_or_postpone(REGISTRY, deadline_id)


async def fire_due_deadlines() -> int:
    """Fire everything that is due, oldest first; return how many deadlines fired."""
    return await sweeper.fire_due_deadlines(REGISTRY)


async def run_bulk_operation(operation_id: UUID) -> bool:
    """Resume a bulk operation that no process works on; return whether this call did."""
    return await resume.resume(WORKER, operation_id)


async def run_waiting_bulk_operations() -> int:
    """Resume every bulk operation that no process works on; return how many."""
    return await resume.resume_waiting(WORKER)


async def compose_waiting_files(store: ObjectStore, *, large: bool = False) -> int:
    """Put complete uploads together, the large ones or all others; return how many files that were."""
    least, most = (SMALL_BYTES + 1, MAX_FILE_BYTES) if large else (0, SMALL_BYTES)
    return await composition.compose_waiting(REGISTRY, store, least, most)


async def check_waiting_files(store: ObjectStore, *, large: bool = False) -> int:
    """Check for viruses what waits for it, the large files or all others; return how many were checked."""
    least, most = (SMALL_BYTES + 1, MAX_FILE_BYTES) if large else (0, SMALL_BYTES)
    url = settings.load().clamd_url
    return await check_waiting(REGISTRY, store, Clamd(url=url) if url else None, least, most)


async def publish_due_changes() -> int:
    """Make visible to clients what has waited out its quiet period; return how many changes that were."""
    return await quiet_period.publish_due(REGISTRY)


async def notify_stale_statuses() -> int:
    """Once a day notify staff of client statuses that have grown stale; return how many messages were written."""
    return await staleness.notify_stale(REGISTRY)


async def remove_expired() -> int:
    """Remove a portion of everything that has expired; return how many rows went."""
    return await retention.remove_expired(REGISTRY)
