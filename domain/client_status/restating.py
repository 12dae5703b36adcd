"""The one writer of client statuses: cards, bulk, automations, order templates and quiet periods all come here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status import proposals, statements
from domain.client_status.change import HIDE, REVEAL, Change, Restated
from domain.client_status.facts import ClientStatusFacts
from domain.client_status.judging import Judged, judged
from domain.client_status.model import StatusRules, Visibility
from domain.client_status.parameters import Parameters
from domain.client_status.stale import follow_staleness
from domain.core import facts as facts_of
from domain.core.errors import Refused, invalid
from domain.core.moment import Moment
from domain.core.move import Work
from domain.status_templates.model import StatusTemplate

FACTS = f"""SELECT json_agg({facts_of.select(ClientStatusFacts, "t")})::text AS facts FROM client_statuses t
    WHERE t.id = ANY($1::uuid[])"""


async def restate(work: Work, order_ids: Sequence[UUID], change: Change, moment: Moment) -> Restated:
    """Make one change of many client statuses, within the caller's transaction.

    The caller holds the locks of the orders and has judged that the actor may touch them. What each order's own
    situation forbids is refused for it alone. With a quiet period, what clients would see at once waits instead;
    hiding never waits. Results are in the order of `order_ids`. Raises `Refused` when the template cannot be used.
    """
    template = await _template(work.connection, change)
    found = await _facts(work.connection, order_ids)
    verdict = judged(work.book.lifecycles["clientStatus"], change, template, found, moment)
    quiet = await quiet_until(work.connection, moment)
    waiting = [each for each in verdict.fit if quiet and _would_be_noticed(found[each], change)]
    at_once = _without(verdict.fit, waiting)
    written = await _write(work, at_once, change, template, moment) if at_once else set()
    if waiting and quiet:
        written |= await _postpone(work, waiting, change, template, moment, quiet)
    work.changes.order_ids |= written
    return _restated(order_ids, verdict, written)


async def quiet_until(connection: BaseDBAsyncClient, moment: Moment) -> datetime | None:
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


async def _facts(connection: BaseDBAsyncClient, ids: Sequence[UUID]) -> dict[UUID, ClientStatusFacts]:
    (row,) = await connection.execute_query_dict(FACTS, [list(ids)])
    every = facts_of.parse_all(ClientStatusFacts, row["facts"] or "[]")
    return {each.id: each for each in every}


def _would_be_noticed(status: ClientStatusFacts, change: Change) -> bool:
    if change.event in (HIDE, REVEAL) or not status.may_be_seen:
        return False
    was_meant = status.status is Visibility.SHOWN or status.pending_from is not None
    return change.visibility is Visibility.SHOWN or was_meant


async def _write(
    work: Work, ids: Sequence[UUID], change: Change, template: StatusTemplate | None, moment: Moment
) -> set[UUID]:
    bind = Parameters()
    proposed = proposals.of_change(change, template, ids, moment, bind)
    all_ids = bind(list(ids), "uuid[]")
    always, drops = change.event == REVEAL, change.visibility is Visibility.HIDDEN
    statement = statements.writing(proposed, all_ids, moment, bind, always=always, drops=drops)
    return await run(work, statement, bind)


async def run(work: Work, statement: str, bind: Parameters) -> set[UUID]:
    """Run a writing statement; the deadlines of what it wrote follow, and its letters are announced."""
    row = (await work.connection.execute_query_dict(statement, bind.values))[0]
    work.changes.letter_ids += row["letters"] or []
    await follow_staleness(work.connection, row["ids"] or [])
    return set(row["ids"] or [])


async def _postpone(
    work: Work,
    ids: Sequence[UUID],
    change: Change,
    template: StatusTemplate | None,
    moment: Moment,
    until: datetime,
) -> set[UUID]:
    bind = Parameters()
    proposed = proposals.of_change(change, template, ids, moment, bind)
    statement = statements.postponing(proposed, moment, until, bind)
    row: Mapping[str, Any] = (await work.connection.execute_query_dict(statement, bind.values))[0]
    return set(row["ids"] or [])


def _without(every: Iterable[UUID], some: Iterable[UUID]) -> list[UUID]:
    left_out = set(some)
    return [each for each in every if each not in left_out]


def _restated(order_ids: Sequence[UUID], verdict: Judged, written: set[UUID]) -> Restated:
    known = {*verdict.fit, *verdict.unchanged}
    return replace(
        Restated(kept=verdict.kept, refused=verdict.refused),
        applied=tuple(each for each in order_ids if each in written),
        unchanged=tuple(each for each in order_ids if each in known and each not in written),
    )
