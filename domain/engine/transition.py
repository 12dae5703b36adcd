"""Making one transition within a unit of work whose rows are locked: evaluate, write, record, cascade."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from inspect import isawaitable
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.mailed_links import issue_link, require_open_link
from domain.engine import evaluation, event_log
from domain.engine.context import EvaluationContext
from domain.engine.event_log import NewEvent
from domain.engine.facts import read_facts
from domain.engine.lifecycle import Choice, Lifecycle, Transition
from domain.engine.unit_of_work import RecordedEvent, UnitOfWork
from domain.kernel.actors import CLOCK, Role
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

    async def cascade(self, noun: str, name: str, subject_ids: Iterable[UUID], input: Any = None) -> None:
        """Make a move of other rows as the system, in the same transaction; refused when one is not possible."""
        lifecycle = self.work.registry.lifecycles[noun]
        context = self.context.as_actor(CLOCK)
        for subject_id in subject_ids:
            await apply_transition(self.work, lifecycle, lifecycle.moves[name], subject_id, input, context)


async def apply_transition(
    work: UnitOfWork,
    lifecycle: Lifecycle,
    transition: Transition,
    subject_id: UUID | None,
    input: Any,
    context: EvaluationContext,
) -> UUID:
    """Make one transition and its consequences within the caller's transaction; return the moved row's id.

    The caller holds the locks. Raises `Refused` when the transition, or a consequence, is not possible. A link that
    is void is refused last, so that a late caller hears of the deadline and not of the link.
    """
    subject = work.registry.subject_lifecycle(lifecycle, transition)
    facts = await read_facts(work.connection, subject, subject_id) if subject and subject_id else None
    _require_possible(subject, transition, facts, input, context)
    await require_open_link(work.connection, context.actor)
    row = None if transition.creates else await lifecycle.model.get(id=subject_id, using_db=work.connection)
    move = TransitionContext(
        lifecycle=lifecycle,
        transition=transition,
        row=row,
        facts=facts,
        input=input,
        context=context,
        work=work,
    )
    if transition.handler:
        await transition.handler(move)
    else:
        await _write(move)
        await _record(move)
    for consequence in work.registry.consequences.get(lifecycle.event_name(transition), ()):
        await consequence(move)
    moved: UUID = move.row.id
    return moved


def _require_possible(
    subject: Lifecycle | None, transition: Transition, facts: Any, input: Any, context: EvaluationContext
) -> None:
    found = evaluation.refusals(subject, transition, facts, context)
    found = found or evaluation.input_errors(transition, facts, input, context)
    if found:
        raise Refused(*found)


async def _write(move: TransitionContext) -> None:
    """The one function that writes a status. A version counts every move that is not marked otherwise."""
    transition, lifecycle = move.transition, move.lifecycle
    to_state = transition.to_state
    if isinstance(to_state, Choice):
        to_state = to_state.choose(move.facts, move.context)
    result = transition.effect(move) if transition.effect else None
    created = await result if isawaitable(result) else result
    if transition.creates:
        move.row = created
        return
    if to_state is not None:
        move.event_body |= {"from": move.facts.status, "to": to_state}
        setattr(move.row, lifecycle.status_field, to_state)
    if transition.increments_version:
        move.row.version += 1
    await move.row.save(using_db=move.connection)


async def _record(move: TransitionContext) -> None:
    name, noun = move.lifecycle.event_name(move.transition), move.lifecycle.noun
    subject_id, order_id = move.row.id, move.lifecycle.order_id_of(move.row)
    event = NewEvent(
        name=name,
        subject_kind=noun,
        subject_id=subject_id,
        order_id=order_id,
        audience=move.audience,
        due_at=move.work.due_at,
        body=move.event_body,
    )
    move.event_id = await event_log.append(move.connection, event, move.context)
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
    move.work.changes.message_ids += await enqueue(move.connection, message)


async def _issue_link(move: TransitionContext, order_id: UUID | None) -> UUID | None:
    purpose = move.transition.link_purpose
    if purpose is None or order_id is None or Role.CUSTOMER not in move.notifies:
        return None
    return await issue_link(
        move.connection, purpose=purpose, order_id=order_id, columns=move.lifecycle.link_columns(move.row)
    )
