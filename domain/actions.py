"""The one door with all lifecycles behind it: what everything outside the domain calls to move anything."""

from uuid import UUID

from domain.automations.lifecycle import AUTOMATIONS
from domain.automations.run_lifecycle import AUTOMATION_RUNS
from domain.automations.runner import run_automations
from domain.billing.lifecycle.invoices import INVOICES
from domain.billing.lifecycle.lines import LINES
from domain.bulk import resume
from domain.bulk.handlers.registry import HANDLERS
from domain.bulk.lifecycle import BULK
from domain.bulk.worker import Worker
from domain.client_status import quiet_period, staleness
from domain.client_status.lifecycle import CLIENT_STATUS
from domain.client_status.rules_lifecycle import STATUS_RULES
from domain.consequences import CONSEQUENCES
from domain.deadlines import execution, sweeper
from domain.deadlines.lifecycle import DEADLINES
from domain.deliveries.lifecycle import DELIVERIES
from domain.engine import commands
from domain.engine.commands import Command, Outcome
from domain.engine.registry import Registry
from domain.kernel.actors import Actor
from domain.order_templates.lifecycle import ORDER_TEMPLATES
from domain.orders.lifecycle import ORDERS
from domain.parties.contact_lifecycle import CONTACTS
from domain.parties.lifecycle import CUSTOMERS
from domain.pipelines.lifecycle import PIPELINES
from domain.status_templates.lifecycle import STATUS_TEMPLATES

REGISTRY = Registry(
    (
        ORDERS,
        DELIVERIES,
        LINES,
        INVOICES,
        CLIENT_STATUS,
        CUSTOMERS,
        CONTACTS,
        DEADLINES,
        AUTOMATIONS,
        AUTOMATION_RUNS,
        PIPELINES,
        STATUS_TEMPLATES,
        STATUS_RULES,
        ORDER_TEMPLATES,
        *BULK,
    ),
    CONSEQUENCES,
    after=run_automations,
)


WORKER = Worker(REGISTRY, HANDLERS)


async def perform(command: Command, actor: Actor) -> Outcome:
    """Make one move and all that follows from it, or nothing at all; raises `Refused`.

    An operation on many orders that was begun is worked to its end, unless it is a large one.
    """
    outcome = await commands.execute(REGISTRY, command, actor)
    lifecycle = REGISTRY.lifecycles[command.noun]
    if lifecycle in BULK and lifecycle.moves[command.move].creates and not outcome.replayed:
        await resume.run_now(WORKER, outcome.subject_id, actor)
    return outcome


async def fire(deadline_id: UUID) -> bool:
    """Fire one deadline when it is due; tells whether this call did it."""
    return await execution.fire(REGISTRY, deadline_id)


async def work_on(operation_id: UUID) -> bool:
    """Go on with an operation on many orders that nobody is at; tells whether this call did."""
    return await resume.resume(WORKER, operation_id)


async def work_on_waiting_operations() -> int:
    """Go on with every operation that nobody is at; returns how many."""
    return await resume.resume_waiting(WORKER)


async def fire_due_deadlines() -> int:
    """Fire everything that is due, oldest first; returns how many went through."""
    return await sweeper.fire_due_deadlines(REGISTRY)


async def publish_due_changes() -> int:
    """Let clients see what has waited out its quiet period; returns how many changes that were."""
    return await quiet_period.publish_due(REGISTRY)


async def tell_of_stale_statuses() -> int:
    """Once a day tell staff of client statuses that have grown stale; returns how many letters were written."""
    return await staleness.notify_stale()
