"""The one writer of client statuses: cards, bulk, automations, order templates and quiet periods all come here."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status import proposals, statements
from domain.client_status.change import REVEAL, Change, Restated
from domain.client_status.facts import Situation
from domain.client_status.judging import Judged, judged
from domain.client_status.model import StatusRules, Visibility
from domain.client_status.parameters import Parameters
from domain.client_status.proposals import Wanted
from domain.engine import facts as facts_of
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.errors import Refused, invalid
from domain.status_templates.model import StatusTemplate

SITUATIONS = facts_of.grouped(Situation, "client_statuses")


async def restate(work: UnitOfWork, order_ids: Sequence[UUID], change: Change, moment: EvaluationContext) -> Restated:
    """Make one change of many client statuses, within the caller's transaction.

    The caller holds the locks of the orders and has judged that the actor may touch them. What each order's own
    situation forbids is refused for it alone. With a quiet period, what clients would see at once waits instead;
    hiding never waits. Raises `Refused` when the template cannot be used.
    """
    template = await _template(work.connection, change)
    found = await _situations(work.connection, order_ids)
    quiet = await quiet_until(work.connection, moment)
    lifecycle = work.registry.lifecycles["clientStatus"]
    verdict = judged(lifecycle, change, template, found, moment, is_quiet=quiet is not None)
    wanted = Wanted(change=change, template=template, moment=moment, some_wait=any(each.waiting for each in found))
    written: frozenset[UUID] = frozenset()
    if verdict.at_once:
        written = await _write(work, verdict.at_once, wanted)
    if verdict.waiting and quiet:
        written |= await _postpone(work, verdict.waiting, wanted, quiet)
    work.changes.order_ids |= written
    return _restated(verdict, written)


async def quiet_until(connection: BaseDBAsyncClient, moment: EvaluationContext) -> datetime | None:
    """When a change of this moment may be seen; nothing when there is no quiet period."""
    rules = await StatusRules.first(using_db=connection)
    return moment.now + timedelta(minutes=rules.quiet_minutes) if rules and rules.quiet_minutes else None


async def _template(connection: BaseDBAsyncClient, change: Change) -> StatusTemplate | None:
    if change.template_id is None:
        return None
    template = await StatusTemplate.get_or_none(id=change.template_id, using_db=connection)
    if template is None:
        raise Refused(invalid("template_unknown", "template_id"))
    return template


async def _situations(connection: BaseDBAsyncClient, ids: Sequence[UUID]) -> dict[Situation, list[UUID]]:
    rows = await connection.execute_query_dict(SITUATIONS, [list(ids)])
    return {facts_of.parse(Situation, row["facts"]): row["ids"] for row in rows}


async def _write(work: UnitOfWork, ids: Sequence[UUID], wanted: Wanted) -> frozenset[UUID]:
    bind, change = Parameters(), wanted.change
    these = bind(list(ids), "uuid[]")
    statement = statements.writing(
        proposals.of_change(wanted, these, bind),
        wanted.moment,
        bind,
        settled=these if wanted.some_wait else None,
        always=change.event == REVEAL,
        drops=change.visibility is Visibility.HIDDEN,
    )
    return await run(work, statement, bind)


async def run(work: UnitOfWork, statement: str, bind: Parameters) -> frozenset[UUID]:
    """Run a writing statement; its letters are announced."""
    row = (await work.connection.execute_query_dict(statement, bind.values))[0]
    work.changes.message_ids += row["letters"] or []
    return frozenset(row["ids"] or ())


async def _postpone(work: UnitOfWork, ids: Sequence[UUID], wanted: Wanted, until: datetime) -> frozenset[UUID]:
    bind = Parameters()
    proposed = proposals.of_change(wanted, bind(list(ids), "uuid[]"), bind)
    statement = statements.postponing(proposed, wanted.moment, until, bind)
    row: Mapping[str, Any] = (await work.connection.execute_query_dict(statement, bind.values))[0]
    return frozenset(row["ids"] or ())


def _restated(verdict: Judged, written: frozenset[UUID]) -> Restated:
    same = frozenset((*verdict.at_once, *verdict.waiting, *verdict.unchanged)) - written
    return Restated(applied=written, unchanged=same, kept=tuple(verdict.kept), refused=verdict.refused)
