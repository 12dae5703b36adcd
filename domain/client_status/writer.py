"""The one writer of client statuses, for single moves, bulk operations, automations, templates and quiet periods."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status import change_plan, statements
from domain.client_status.change import REVEAL, ChangeResult, StatusChange
from domain.client_status.change_plan import PlannedChange
from domain.client_status.evaluation import Evaluation, evaluate
from domain.client_status.facts import SharedStatusFacts
from domain.client_status.model import Visibility
from domain.database.parameters import Parameters
from domain.database.pending_writes import PendingWrites, WriteStatement
from domain.engine import facts as facts_of
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.errors import Refused, invalid
from domain.status_templates.model import StatusTemplate

RELEASED_HOLDS = tuple(
    WriteStatement(
        name=f"released_{table}",
        columns="id uuid",
        statement=f"""UPDATE {table} held SET kept_until = NULL FROM {{rows}} AS moved
            WHERE held.id = moved.id AND held.kept_until = 'NEXT_MOVE'""",
    )
    for table in ("client_statuses", "pending_statuses")
)
# The length of the quiet period in minutes, read with the context of every unit of work; 0 when there is none.
QUIET_MINUTES = "quiet_minutes"
SELECT_QUIET_MINUTES = "(SELECT coalesce(max(r.quiet_minutes), 0) FROM status_rules r)"
SELECT_SHARED_FACTS = facts_of.grouped(SharedStatusFacts, "client_statuses")


async def apply_change(
    work: UnitOfWork, order_ids: Sequence[UUID], change: StatusChange, context: EvaluationContext
) -> ChangeResult:
    """Apply one change to many client statuses, within the caller's transaction.

    The caller holds the locks of the orders, which are visible to the actor. A change that the facts of an order forbid
    is refused for that order alone. With a quiet period, a change that clients would see at once is postponed; hiding
    never is. Raises `Refused` when the template cannot be used.
    """
    template = await _template(work.connection, change)
    ids_by_facts = await _order_ids_by_facts(work.connection, order_ids)
    visible_at = visible_from(context)
    lifecycle = work.registry.lifecycles["clientStatus"]
    evaluated = evaluate(lifecycle, change, template, ids_by_facts, context, is_quiet=visible_at is not None)
    planned = PlannedChange(
        change=change, template=template, context=context, has_pending=any(each.pending for each in ids_by_facts)
    )
    written: frozenset[UUID] = frozenset()
    if evaluated.at_once:
        written = await _write(work, evaluated.at_once, planned)
    if evaluated.postponed and visible_at:
        written |= await _postpone(work, evaluated.postponed, planned, visible_at)
    work.changes.order_ids |= written
    return _result(evaluated, written)


def release_text_holds(writes: PendingWrites, order_ids: Iterable[UUID]) -> None:
    """End, with the next flush, the hold of texts written by hand that win over automations until their order moves.

    This comes before automations follow the move.
    """
    for order_id in order_ids:
        for statement in RELEASED_HOLDS:
            writes.add(statement, {"id": order_id})


def visible_from(context: EvaluationContext) -> datetime | None:
    """The instant from which a change of now is visible; nothing when there is no quiet period."""
    minutes: int = context.registered[QUIET_MINUTES]
    return context.now + timedelta(minutes=minutes) if minutes else None


async def _template(connection: BaseDBAsyncClient, change: StatusChange) -> StatusTemplate | None:
    if change.template_id is None:
        return None
    template = await StatusTemplate.get_or_none(id=change.template_id, using_db=connection)
    if template is None:
        raise Refused(invalid("template_unknown", "template_id"))
    return template


async def _order_ids_by_facts(
    connection: BaseDBAsyncClient, ids: Sequence[UUID]
) -> dict[SharedStatusFacts, list[UUID]]:
    rows = await connection.execute_query_dict(SELECT_SHARED_FACTS, [list(ids)])
    return {facts_of.parse(SharedStatusFacts, row["facts"]): row["ids"] for row in rows}


async def _write(work: UnitOfWork, ids: Sequence[UUID], planned: PlannedChange) -> frozenset[UUID]:
    bind, change = Parameters(), planned.change
    these = bind(list(ids), "uuid[]")
    statement = statements.write_statement(
        change_plan.plan_change(planned, these, bind),
        planned.context,
        bind,
        pending_ids=these if planned.has_pending else None,
        force=change.event == REVEAL,
        discards_pending=change.visibility is Visibility.HIDDEN,
    )
    return await run_statement(work, statement, bind)


async def run_statement(work: UnitOfWork, statement: str, bind: Parameters) -> frozenset[UUID]:
    """Run a statement that writes statuses, and publish its messages."""
    row = (await work.connection.execute_query_dict(statement, bind.values))[0]
    work.changes.message_ids += row["messages"] or []
    return frozenset(row["ids"] or ())


async def _postpone(work: UnitOfWork, ids: Sequence[UUID], planned: PlannedChange, until: datetime) -> frozenset[UUID]:
    bind = Parameters()
    plan = change_plan.plan_change(planned, bind(list(ids), "uuid[]"), bind)
    statement = statements.postpone_statement(plan, planned.context, until, bind)
    row: Mapping[str, Any] = (await work.connection.execute_query_dict(statement, bind.values))[0]
    return frozenset(row["ids"] or ())


def _result(evaluated: Evaluation, written: frozenset[UUID]) -> ChangeResult:
    unchanged = frozenset((*evaluated.at_once, *evaluated.postponed, *evaluated.unchanged)) - written
    return ChangeResult(applied=written, unchanged=unchanged, held=tuple(evaluated.held), refused=evaluated.refused)
