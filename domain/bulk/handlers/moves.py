"""Handler of moves made in bulk: each row that allows the move makes it, the others are refused for themselves."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain.bulk.handlers.base import Handler, HandlerRequest, HandlerResult
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.subjects import read_subjects
from domain.engine.transition import TransitionContext, make, prepare
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.errors import Refusal, Refused

Refusals = dict[UUID, tuple[Refusal, ...]]


def input_parameters(input_class: Any) -> Callable[[TransitionContext], Awaitable[Mapping[str, Any]]]:
    """The part of a bulk input that each row's move takes, to be stored with the operation."""

    async def parameters(move: TransitionContext) -> Mapping[str, Any]:
        if input_class is None:
            return {}
        given = {item.name: getattr(move.input, item.name) for item in fields(input_class)}
        stored: Mapping[str, Any] = TypeAdapter(input_class).dump_python(input_class(**given), mode="json")
        return stored

    return parameters


def move_handler(noun: str, transition: Transition) -> Handler:
    """Makes one move of many rows of a noun, written together."""

    async def move_rows(
        work: UnitOfWork, ids: Sequence[UUID], request: HandlerRequest, context: EvaluationContext
    ) -> HandlerResult:
        input = TypeAdapter(transition.input).validate_python(request.parameters) if transition.input else None
        refused = await _move_or_split(work, _Move(work.registry.lifecycles[noun], transition, input, context), ids)
        return HandlerResult(applied=frozenset(ids) - refused.keys(), refused=refused)

    return move_rows


@dataclass(frozen=True)
class _Move:
    """A move as it is made of each row."""

    lifecycle: Lifecycle
    transition: Transition
    input: Any
    context: EvaluationContext


async def _move_or_split(work: UnitOfWork, wanted: _Move, ids: Sequence[UUID]) -> Refusals:
    """Move the rows together; where an effect or a consequence is refused, each half for itself."""
    try:
        async with work.savepoint():
            return await _move(work, wanted, ids)
    except Refused as refused:
        if len(ids) == 1:
            return {ids[0]: refused.refusals}
    middle = len(ids) // 2
    first = await _move_or_split(work, wanted, ids[:middle])
    return first | await _move_or_split(work, wanted, ids[middle:])


async def _move(work: UnitOfWork, wanted: _Move, ids: Sequence[UUID]) -> Refusals:
    moves, refused = list[TransitionContext](), Refusals()
    subjects = await read_subjects(work.connection, wanted.lifecycle, ids)
    for subject_id in ids:
        subject = subjects[subject_id]
        try:
            moves.append(prepare(work, wanted.lifecycle, wanted.transition, subject, wanted.input, wanted.context))
        except Refused as not_possible:
            refused[subject_id] = not_possible.refusals
    await make(moves)
    return refused
