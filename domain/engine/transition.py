"""Making one move within a transaction whose rows are locked: judge, write, record, follow."""

from inspect import isawaitable
from typing import Any
from uuid import UUID

from domain.access.mailed_links import issue_link, require_open_link
from domain.engine import evaluation, event_log
from domain.engine.context import EvaluationContext
from domain.engine.event_log import NewEvent
from domain.engine.lifecycle import Choice, Lifecycle, Transition
from domain.engine.schedule import reconcile
from domain.engine.unit_of_work import RecordedEvent, TransitionContext, UnitOfWork, read_facts
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.outbox import messages
from domain.outbox.messages import NewMessage


async def apply(
    work: UnitOfWork,
    lifecycle: Lifecycle,
    transition: Transition,
    subject_id: UUID | None,
    takes: Any,
    moment: EvaluationContext,
) -> UUID:
    """Make one move and all that follows from it within the caller's transaction; returns the moved row's id.

    The caller holds the locks. Raises `Refused` when the move, or anything that must follow, is not possible. A
    link that is void is refused last, so that whoever comes too late hears of the deadline and not of the link.
    """
    judged = work.registry.subject_lifecycle(lifecycle, transition)
    facts = await read_facts(work.connection, judged, subject_id) if judged and subject_id else None
    _require_possible(judged, transition, facts, takes, moment)
    await require_open_link(work.connection, moment.actor)
    row = None if transition.creates else await lifecycle.model.get(id=subject_id, using_db=work.connection)
    move = TransitionContext(
        lifecycle=lifecycle,
        transition=transition,
        row=row,
        facts=facts,
        input=takes,
        context=moment,
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


async def settle(work: UnitOfWork, moment: EvaluationContext) -> None:
    """Let follow what follows everything, then bring the deadlines of all that was touched into step, once."""
    if work.registry.after_command:
        await work.registry.after_command(work, moment)
    for subject in work.touched.values():
        facts = await read_facts(work.connection, subject.lifecycle, subject.id)
        work.changes.deadlines |= await reconcile(work.connection, subject, facts, moment)


def _require_possible(
    judged: Lifecycle | None, transition: Transition, facts: Any, takes: Any, moment: EvaluationContext
) -> None:
    found = evaluation.refusals(judged, transition, facts, moment)
    found = found or evaluation.input_errors(transition, facts, takes, moment)
    if found:
        raise Refused(*found)


async def _write(move: TransitionContext) -> None:
    """The one function that writes a status. A version counts every move that is not marked otherwise."""
    transition, lifecycle = move.transition, move.lifecycle
    target = transition.to_state
    if isinstance(target, Choice):
        target = target.choose(move.facts, move.context)
    written = transition.effect(move) if transition.effect else None
    created = await written if isawaitable(written) else written
    if transition.creates:
        move.row = created
        return
    if target is not None:
        move.event_body |= {"from": move.facts.status, "to": target}
        setattr(move.row, lifecycle.status_field, target)
    if transition.increments_version:
        move.row.version += 1
    await move.row.save(using_db=move.connection)


async def _record(move: TransitionContext) -> None:
    name = move.lifecycle.event_name(move.transition)
    subject_id, order_id = move.row.id, _order_of(move)
    happening = NewEvent(
        name=name,
        subject_kind=move.lifecycle.noun,
        subject_id=subject_id,
        order_id=order_id,
        audience=move.audience,
        due_at=move.work.due_at,
        body=move.event_body,
    )
    move.event_id = await event_log.append(move.connection, happening, move.context)
    move.work.touch(move.lifecycle.noun, subject_id, order_id)
    move.work.events.append(
        RecordedEvent(
            name=name,
            event_id=move.event_id,
            noun=move.lifecycle.noun,
            subject_id=subject_id,
            order_id=order_id,
        )
    )
    await _post(move, name, order_id)


async def _post(move: TransitionContext, name: str, order_id: UUID | None) -> None:
    if not move.notifies:
        return
    posting = NewMessage(
        name=name,
        recipients=move.notifies,
        subject_kind=move.lifecycle.noun,
        subject_id=move.row.id,
        order_id=order_id,
        event_id=move.event_id,
        link_id=await _link(move, order_id),
        author_id=move.context.actor.account_id,
    )
    move.work.changes.message_ids += await messages.enqueue(move.connection, posting)


async def _link(move: TransitionContext, order_id: UUID | None) -> UUID | None:
    if move.transition.link_purpose is None or order_id is None or Role.CUSTOMER not in move.notifies:
        return None
    delivery_id = move.row.id if move.lifecycle.noun == "delivery" else None
    return await issue_link(
        move.connection, purpose=move.transition.link_purpose, order_id=order_id, delivery_id=delivery_id
    )


def _order_of(move: TransitionContext) -> UUID | None:
    if move.lifecycle.noun == "order":
        return move.row.id  # type: ignore[no-any-return]
    return getattr(move.row, "order_id", None)
