"""Client statuses of many orders: one text for all, none at all, or the newest edition of a template."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.bulk.doing import Asked, Done
from domain.bulk.takes import StatusForMany
from domain.client_status import change as changes
from domain.client_status.change import Change, Expects
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.refilling import with_the_day_in_their_texts
from domain.client_status.restating import restate
from domain.client_status.takes import change_of
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import TransitionContext, UnitOfWork
from domain.kernel.actors import Actor
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused, invalid
from domain.orders.sources import ORDERS_SOURCE
from domain.status_templates.copies import HELD
from domain.status_templates.copies import OUTDATED as IS_OUTDATED
from domain.status_templates.model import StatusTemplate

CHANGE = TypeAdapter(Change)

OUTDATED = f"FROM {HELD} JOIN status_templates m ON m.id = $1 WHERE {IS_OUTDATED.replace('{t}', 'm')}"
OUTDATED_IN_SIGHT = f"""SELECT t.id FROM orders t WHERE t.id IN (SELECT s.id {OUTDATED}) AND ({{scope}})
    ORDER BY t.created_at DESC, t.id DESC LIMIT $2"""
STILL_OUTDATED = f"SELECT s.id {OUTDATED} AND s.id = ANY($2::uuid[])"


async def setting(move: TransitionContext) -> Mapping[str, Any]:
    """The change that is asked for; refused at once when its template can be used by nobody."""
    takes: StatusForMany = move.input
    await _must_be_usable(move.connection, takes.template_id)
    change = change_of(takes, changes.SHOW if takes.show else changes.UPDATE)
    visibility = Visibility.SHOWN if takes.show else None
    return _kept(replace(change, visibility=visibility, expects=_expects(takes)))


def _expects(takes: StatusForMany) -> Expects:
    """The day belongs to each order as its name does: it stays unless one is given for all."""
    return Expects.AS_BEFORE if takes.expected_on is None else Expects.THE_DAY


async def hiding(_move: TransitionContext) -> Mapping[str, Any]:
    return _kept(Change(event=changes.HIDE, visibility=Visibility.HIDDEN))


async def applying(move: TransitionContext) -> Mapping[str, Any]:
    return _kept(Change(event=changes.UPDATE, template_id=move.facts.id))


async def outdated(connection: BaseDBAsyncClient, template_id: UUID, actor: Actor, most: int) -> list[UUID]:
    """Orders in the actor's sight with an older edition of a template that nobody edited by hand, the newest first."""
    scope, values = ORDERS_SOURCE.bound_predicate(actor, "t", first=3)
    statement = OUTDATED_IN_SIGHT.replace("{scope}", scope)
    return [row["id"] for row in await connection.execute_query_dict(statement, [template_id, most, *values])]


async def state(work: UnitOfWork, order_ids: Sequence[UUID], asked: Asked, moment: EvaluationContext) -> Done:
    """Make the change; what every order is refused for is each order's refusal."""
    change = replace(_recalled(asked.what), origin=StatusOrigin.BULK, bulk_operation_id=asked.operation_id)
    done = Done()
    for each, ids in await with_the_day_in_their_texts(work.connection, change, order_ids):
        try:
            restated = await restate(work, ids, each, moment)
        except Refused as refused:
            done = _both(done, Done(refused=dict.fromkeys(ids, refused.refusals)))
        else:
            done = _both(done, Done(applied=restated.applied, refused=restated.refused))
    return done


def _both(some: Done, others: Done) -> Done:
    return Done(applied=some.applied | others.applied, refused={**some.refused, **others.refused})


async def apply_template(work: UnitOfWork, order_ids: Sequence[UUID], asked: Asked, moment: EvaluationContext) -> Done:
    """Judged again under the locks: what was edited by hand meanwhile, or is up to date, stays as it is."""
    values = [_recalled(asked.what).template_id, list(order_ids)]
    rows = await work.connection.execute_query_dict(STILL_OUTDATED, values)
    return await state(work, [row["id"] for row in rows], asked, moment)


async def _must_be_usable(connection: BaseDBAsyncClient, template_id: UUID | None) -> None:
    if template_id is None:
        return
    template = await StatusTemplate.get_or_none(id=template_id, using_db=connection)
    if template is None:
        raise Refused(invalid("template_unknown", "template_id"))
    if template.state is Availability.RETIRED:
        raise Refused(invalid("template_retired", "template_id"))


def _kept(change: Change) -> Mapping[str, Any]:
    kept: Mapping[str, Any] = CHANGE.dump_python(change, mode="json", exclude_defaults=True)
    return kept


def _recalled(what: Mapping[str, Any]) -> Change:
    return CHANGE.validate_python(what)
