"""Making one move within a transaction whose rows are locked: judge, write, record, follow."""

from inspect import isawaitable
from typing import Any
from uuid import UUID

from domain.core import events, judge, outbox
from domain.core.actors import Role
from domain.core.deadlines import reconcile
from domain.core.errors import Refused
from domain.core.events import Happening
from domain.core.lifecycle import Choice, Lifecycle, Transition
from domain.core.links import issue_link, must_be_open
from domain.core.moment import Moment
from domain.core.move import Happened, Move, Work, facts_about
from domain.core.outbox import Posting


async def apply(
    work: Work,
    lifecycle: Lifecycle,
    transition: Transition,
    subject_id: UUID | None,
    takes: Any,
    moment: Moment,
) -> UUID:
    """Make one move and all that follows from it within the caller's transaction; returns the moved row's id.

    The caller holds the locks. Raises `Refused` when the move, or anything that must follow, is not possible. A
    link that is void is refused last, so that whoever comes too late hears of the deadline and not of the link.
    """
    judged = work.book.judged_on(lifecycle, transition)
    facts = await facts_about(work.connection, judged, subject_id) if judged and subject_id else None
    _must_be_possible(judged, transition, facts, takes, moment)
    await must_be_open(work.connection, moment.actor)
    row = None if transition.creates else await lifecycle.model.get(id=subject_id, using_db=work.connection)
    move = Move(
        lifecycle=lifecycle,
        transition=transition,
        row=row,
        facts=facts,
        takes=takes,
        moment=moment,
        work=work,
    )
    if transition.makes:
        await transition.makes(move)
    else:
        await _write(move)
        await _record(move)
    for consequence in work.book.consequences.get(lifecycle.event(transition), ()):
        await consequence(move)
    moved: UUID = move.row.id
    return moved


async def settle(work: Work, moment: Moment) -> None:
    """Let follow what follows everything, then bring the deadlines of all that was touched into step, once."""
    if work.book.after:
        await work.book.after(work, moment)
    for subject in work.touched.values():
        facts = await facts_about(work.connection, subject.lifecycle, subject.id)
        work.changes.deadlines |= await reconcile(work.connection, subject, facts, moment)


def _must_be_possible(judged: Lifecycle | None, transition: Transition, facts: Any, takes: Any, moment: Moment) -> None:
    found = judge.refusals(judged, transition, facts, moment)
    found = found or judge.unfit(transition, facts, takes, moment)
    if found:
        raise Refused(*found)


async def _write(move: Move) -> None:
    """The one function that writes a status. A version counts every move that is not marked otherwise."""
    transition, lifecycle = move.transition, move.lifecycle
    target = transition.target
    if isinstance(target, Choice):
        target = target.of(move.facts, move.moment)
    written = transition.writes(move) if transition.writes else None
    created = await written if isawaitable(written) else written
    if transition.creates:
        move.row = created
        return
    if target is not None:
        move.note |= {"from": move.facts.status, "to": target}
        setattr(move.row, lifecycle.status_field, target)
    if transition.counts_version:
        move.row.version += 1
    await move.row.save(using_db=move.connection)


async def _record(move: Move) -> None:
    name = move.lifecycle.event(move.transition)
    subject_id, order_id = move.row.id, _order_of(move)
    happening = Happening(
        name=name,
        subject_kind=move.lifecycle.noun,
        subject_id=subject_id,
        order_id=order_id,
        audience=move.audience,
        due_at=move.work.due_at,
        body=move.note,
    )
    move.event_id = await events.append(move.connection, happening, move.moment)
    move.work.touch(move.lifecycle.noun, subject_id, order_id)
    move.work.happened.append(
        Happened(
            name=name,
            event_id=move.event_id,
            noun=move.lifecycle.noun,
            subject_id=subject_id,
            order_id=order_id,
        )
    )
    await _post(move, name, order_id)


async def _post(move: Move, name: str, order_id: UUID | None) -> None:
    if not move.notifies:
        return
    posting = Posting(
        name=name,
        readers=move.notifies,
        subject_kind=move.lifecycle.noun,
        subject_id=move.row.id,
        order_id=order_id,
        event_id=move.event_id,
        link_id=await _link(move, order_id),
        written_by=move.moment.actor.account_id,
    )
    move.work.changes.letter_ids += await outbox.post(move.connection, posting)


async def _link(move: Move, order_id: UUID | None) -> UUID | None:
    if move.transition.link is None or order_id is None or Role.CUSTOMER not in move.notifies:
        return None
    delivery_id = move.row.id if move.lifecycle.noun == "delivery" else None
    return await issue_link(move.connection, purpose=move.transition.link, order_id=order_id, delivery_id=delivery_id)


def _order_of(move: Move) -> UUID | None:
    if move.lifecycle.noun == "order":
        return move.row.id  # type: ignore[no-any-return]
    return getattr(move.row, "order_id", None)
