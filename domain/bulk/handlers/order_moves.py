"""Handler of moves of orders: each order that allows the move makes it, the others are refused for themselves."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain.bulk.handlers.base import Handler, HandlerRequest, HandlerResult
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Transition
from domain.engine.subjects import read_subjects
from domain.engine.transition import TransitionContext, make, prepare
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.errors import Refusal, Refused

NOUN = "order"
Refusals = dict[UUID, tuple[Refusal, ...]]


def input_parameters(input_class: Any) -> Callable[[TransitionContext], Awaitable[Mapping[str, Any]]]:
    """The part of a bulk input that each order's move takes, to be stored with the operation."""

    async def parameters(move: TransitionContext) -> Mapping[str, Any]:
        if input_class is None:
            return {}
        given = {item.name: getattr(move.input, item.name) for item in fields(input_class)}
        stored: Mapping[str, Any] = TypeAdapter(input_class).dump_python(input_class(**given), mode="json")
        return stored

    return parameters


def move_handler(transition: Transition) -> Handler:
    """Makes one move of many orders, written together."""

    async def move_orders(
        work: UnitOfWork, order_ids: Sequence[UUID], request: HandlerRequest, context: EvaluationContext
    ) -> HandlerResult:
        input = TypeAdapter(transition.input).validate_python(request.parameters) if transition.input else None
        refused = await _move_or_split(work, transition, order_ids, input, context)
        return HandlerResult(applied=frozenset(order_ids) - refused.keys(), refused=refused)

    return move_orders


async def _move_or_split(
    work: UnitOfWork, transition: Transition, order_ids: Sequence[UUID], input: Any, context: EvaluationContext
) -> Refusals:
    """Move the orders together; where an effect or a consequence is refused, each half for itself."""
    try:
        async with work.savepoint():
            return await _move(work, transition, order_ids, input, context)
    except Refused as refused:
        if len(order_ids) == 1:
            return {order_ids[0]: refused.refusals}
    middle = len(order_ids) // 2
    first = await _move_or_split(work, transition, order_ids[:middle], input, context)
    return first | await _move_or_split(work, transition, order_ids[middle:], input, context)


async def _move(
    work: UnitOfWork, transition: Transition, order_ids: Sequence[UUID], input: Any, context: EvaluationContext
) -> Refusals:
    lifecycle, moves, refused = work.registry.lifecycles[NOUN], list[TransitionContext](), Refusals()
    subjects = await read_subjects(work.connection, lifecycle, order_ids)
    for order_id in order_ids:
        try:
            moves.append(prepare(work, lifecycle, transition, subjects[order_id], input, context))
        except Refused as not_possible:
            refused[order_id] = not_possible.refusals
    await make(moves)
    return refused
