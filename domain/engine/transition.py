"""Making one transition within a unit of work whose rows are locked: evaluate, write, record, cascade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from inspect import isawaitable
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.mailed_links import issue_link, require_open_link
from domain.database import row_writes
from domain.engine import evaluation, event_log
from domain.engine.context import EvaluationContext
from domain.engine.event_log import NewEvent
from domain.engine.lifecycle import Choice, DerivedState, Lifecycle, Transition
from domain.engine.subjects import Subject, read_subjects
from domain.engine.unit_of_work import RecordedEvent, UnitOfWork
from domain.kernel.actors import CLOCK, Role
from domain.kernel.base_model import Model
from domain.kernel.errors import Refused
from domain.outbox.messages import NewMessage, enqueue


@dataclass(kw_only=True)
class TransitionContext:
    """What effects and consequences are given: the row before it is saved, its facts, the input, the circumstances.

    `event_body` becomes the event's body. `notifies` and `audience` start as the table says; effects may narrow them
    where the readers depend on the input.
    """

    lifecycle: Lifecycle
    transition: Transition
    row: Any
    facts: Any
    input: Any
    context: EvaluationContext
    work: UnitOfWork
    event_body: dict[str, object] = field(default_factory=dict)
    event_id: UUID | None = None
    notifies: frozenset[Role] = field(init=False)
    audience: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        self.notifies, self.audience = self.transition.notifies, self.transition.audience

    @property
    def connection(self) -> BaseDBAsyncClient:
        return self.work.connection

    @property
    def now(self) -> datetime:
        return self.context.now

    def insert(self, row: Model) -> None:
        """Write a new row of the ORM with the next flush."""
        row_writes.insert(self.work.writes, row)

    async def cascade(self, noun: str, name: str, subject_ids: Iterable[UUID], input: Any = None) -> None:
        """Make a move of other rows as the system, in the same transaction; refused when one is not possible."""
        await cascade([self], noun, name, [(subject_id, input) for subject_id in subject_ids])


Request = tuple[UUID | None, Any]


async def cascade(causes: Sequence[TransitionContext], noun: str, name: str, requests: Sequence[Request]) -> None:
    """Make a move of other rows as the system, as a consequence of moves of one unit of work.

    `requests` are the ids of the rows and the input for each. Raises `Refused` when one is not possible.
    """
    if not requests:
        return
    work, lifecycle = causes[0].work, causes[0].work.registry.lifecycles[noun]
    await apply_all(work, lifecycle, lifecycle.moves[name], requests, causes[0].context.as_actor(CLOCK))


async def apply_all(
    work: UnitOfWork,
    lifecycle: Lifecycle,
    transition: Transition,
    requests: Sequence[Request],
    context: EvaluationContext,
) -> list[UUID]:
    """Make one transition of several rows, and its consequences, within the unit of work; return the moved rows' ids.

    The caller holds the locks. Raises `Refused` when one of the transitions, or a consequence, is not possible.
    """
    subject = work.registry.subject_lifecycle(lifecycle, transition)
    ids = [subject_id for subject_id, _ in requests if subject_id]
    subjects = await read_subjects(work.connection, subject, list(dict.fromkeys(ids))) if subject and ids else {}
    moves = [
        prepare(work, lifecycle, transition, subjects[subject_id] if subject_id else None, input, context)
        for subject_id, input in requests
    ]
    return await make(moves)


def prepare(
    work: UnitOfWork,
    lifecycle: Lifecycle,
    transition: Transition,
    subject: Subject | None,
    input: Any,
    context: EvaluationContext,
) -> TransitionContext:
    """Evaluate one transition of a row that is locked and read; raises `Refused` when it is not possible."""
    facts = subject.facts if subject else None
    evaluated_on = work.registry.subject_lifecycle(lifecycle, transition)
    found = evaluation.refusals(evaluated_on, transition, facts, context)
    found = found or evaluation.input_errors(transition, facts, input, context)
    if found:
        raise Refused(*found)
    row = subject.row if subject and not transition.creates else None
    return TransitionContext(
        lifecycle=lifecycle, transition=transition, row=row, facts=facts, input=input, context=context, work=work
    )


async def make(moves: Sequence[TransitionContext]) -> list[UUID]:
    """Make one transition of several rows, all evaluated before, and then its consequences for all of them.

    Raises `Refused` when an effect or a consequence is not possible. A link that is void is refused here, so that a
    late caller hears of the deadline and not of the link.
    """
    if not moves:
        return []
    work, lifecycle, transition = moves[0].work, moves[0].lifecycle, moves[0].transition
    await require_open_link(work.connection, moves[0].context.actor, or_used=transition.accepts_used_link)
    if transition.joint_effect:
        await transition.joint_effect(moves)
    for move in moves:
        if transition.handler:
            await transition.handler(move)
        else:
            await _write(move)
            await _record(move)
    for consequence in work.registry.consequences.get(lifecycle.event_name(transition), ()):
        await consequence(moves)
    return [move.row.id for move in moves]


async def _write(move: TransitionContext) -> None:
    """The one function that writes a status. A version counts every move that is not marked otherwise."""
    transition, lifecycle = move.transition, move.lifecycle
    to_state = transition.to_state
    if isinstance(to_state, Choice):
        to_state = to_state.choose(move.facts, move.context)
    result = transition.effect(move) if transition.effect else None
    created = await result if isawaitable(result) else result
    if transition.creates:
        move.row = created or move.row
        return
    if isinstance(to_state, DerivedState):
        to_state = to_state.derive(move.row)
    if to_state is not None:
        move.event_body |= {"from": move.facts.status, "to": to_state}
        setattr(move.row, lifecycle.status_field, to_state)
    if transition.increments_version:
        move.row.version += 1
    await row_writes.update(move.work.writes, move.row)


async def _record(move: TransitionContext) -> None:
    name, noun = move.lifecycle.event_name(move.transition), move.lifecycle.noun
    subject_id, order_id = move.row.id, move.lifecycle.order_id_of(move.row)
    event = NewEvent(
        name=name,
        subject_kind=noun,
        subject_id=subject_id,
        order_id=order_id,
        audience=move.audience,
        due_at=move.work.due_at_of(subject_id, order_id),
        body=move.event_body,
    )
    move.event_id = await event_log.append(move.work.writes, event, move.context)
    move.work.touch(noun, subject_id, order_id)
    recorded = RecordedEvent(name=name, event_id=move.event_id, noun=noun, subject_id=subject_id, order_id=order_id)
    move.work.events.append(recorded)
    if move.notifies:
        await _enqueue_message(move, name, order_id)


async def _enqueue_message(move: TransitionContext, name: str, order_id: UUID | None) -> None:
    message = NewMessage(
        name=name,
        recipients=move.notifies,
        subject_kind=move.lifecycle.noun,
        subject_id=move.row.id,
        order_id=order_id,
        event_id=move.event_id,
        link_id=await _issue_link(move, order_id),
        author_id=move.context.actor.account_id,
    )
    enqueue(move.work.writes, message)


async def _issue_link(move: TransitionContext, order_id: UUID | None) -> UUID | None:
    purpose = move.transition.link_purpose
    if purpose is None or order_id is None or Role.CUSTOMER not in move.notifies:
        return None
    bound = {move.lifecycle.link_column: move.row.id} if move.lifecycle.link_column else {}
    return await issue_link(move.work.writes, purpose=purpose, order_id=order_id, **bound)
