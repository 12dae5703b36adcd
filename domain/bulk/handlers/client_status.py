"""Handler of client statuses: one text for many orders, hiding, or the newest edition of a template."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.bulk.handlers.base import HandlerRequest, HandlerResult
from domain.bulk.inputs import BulkStatusInput
from domain.client_status import change as changes
from domain.client_status.change import ExpectedDateMode, StatusChange
from domain.client_status.inputs import change_from_input
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.reads import FROM_COPIES, IS_OUTDATED
from domain.client_status.template_refresh import with_refreshed_texts
from domain.client_status.writer import apply_change
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import Actor
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused, invalid
from domain.orders.scope import ORDERS_SCOPE
from domain.status_templates.model import StatusTemplate

CHANGE_ADAPTER = TypeAdapter(StatusChange)

FROM_OUTDATED = f"FROM {FROM_COPIES} JOIN status_templates m ON m.id = $1 WHERE {IS_OUTDATED.replace('{t}', 'm')}"
SELECT_VISIBLE_OUTDATED = f"""SELECT t.id FROM orders t WHERE t.id IN (SELECT s.id {FROM_OUTDATED}) AND ({{scope}})
    ORDER BY t.created_at DESC, t.id DESC LIMIT $2"""
SELECT_STILL_OUTDATED = f"SELECT s.id {FROM_OUTDATED} AND s.id = ANY($2::uuid[])"


async def set_parameters(move: TransitionContext) -> Mapping[str, Any]:
    """The change to store; refused at once when its template cannot be used at all."""
    input: BulkStatusInput = move.input
    await _require_usable_template(move.connection, input.template_id)
    change = change_from_input(input, changes.SHOW if input.show else changes.UPDATE)
    visibility = Visibility.SHOWN if input.show else None
    return _dump(replace(change, visibility=visibility, expects=_expected_date_mode(input)))


def _expected_date_mode(input: BulkStatusInput) -> ExpectedDateMode:
    """Each order keeps its expected day, as it keeps its name, unless one is given for all."""
    return ExpectedDateMode.AS_BEFORE if input.expected_on is None else ExpectedDateMode.GIVEN_DATE


async def hide_parameters(_move: TransitionContext) -> Mapping[str, Any]:
    return _dump(StatusChange(event=changes.HIDE, visibility=Visibility.HIDDEN))


async def apply_template_parameters(move: TransitionContext) -> Mapping[str, Any]:
    return _dump(StatusChange(event=changes.UPDATE, template_id=move.facts.id))


async def outdated_orders(connection: BaseDBAsyncClient, template_id: UUID, actor: Actor, limit: int) -> list[UUID]:
    """Visible orders with an older edition of a template that was not edited by hand, the newest first."""
    scope, values = ORDERS_SCOPE.bound_predicate(actor, "t", first=3)
    statement = SELECT_VISIBLE_OUTDATED.replace("{scope}", scope)
    return [row["id"] for row in await connection.execute_query_dict(statement, [template_id, limit, *values])]


async def apply_status_change(
    work: UnitOfWork, order_ids: Sequence[UUID], request: HandlerRequest, context: EvaluationContext
) -> HandlerResult:
    """Apply the change; a refusal of the whole change is stored as the refusal of each order."""
    change = replace(_load(request.parameters), origin=StatusOrigin.BULK, bulk_operation_id=request.operation_id)
    handled = HandlerResult()
    for each, ids in await with_refreshed_texts(work.connection, change, order_ids):
        try:
            result = await apply_change(work, ids, each, context)
        except Refused as refusal:
            handled = _merged(handled, HandlerResult(refused=dict.fromkeys(ids, refusal.refusals)))
        else:
            handled = _merged(handled, HandlerResult(applied=result.applied, refused=result.refused))
    return handled


def _merged(one: HandlerResult, other: HandlerResult) -> HandlerResult:
    return HandlerResult(applied=one.applied | other.applied, refused={**one.refused, **other.refused})


async def apply_template(
    work: UnitOfWork, order_ids: Sequence[UUID], request: HandlerRequest, context: EvaluationContext
) -> HandlerResult:
    """Evaluate the orders again under their locks: statuses that were edited or updated meanwhile stay."""
    values = [_load(request.parameters).template_id, list(order_ids)]
    rows = await work.connection.execute_query_dict(SELECT_STILL_OUTDATED, values)
    return await apply_status_change(work, [row["id"] for row in rows], request, context)


async def _require_usable_template(connection: BaseDBAsyncClient, template_id: UUID | None) -> None:
    if template_id is None:
        return
    template = await StatusTemplate.get_or_none(id=template_id, using_db=connection)
    if template is None:
        raise Refused(invalid("template_unknown", "template_id"))
    if template.state is Availability.RETIRED:
        raise Refused(invalid("template_retired", "template_id"))


def _dump(change: StatusChange) -> Mapping[str, Any]:
    stored: Mapping[str, Any] = CHANGE_ADAPTER.dump_python(change, mode="json", exclude_defaults=True)
    return stored


def _load(stored: Mapping[str, Any]) -> StatusChange:
    return CHANGE_ADAPTER.validate_python(stored)
