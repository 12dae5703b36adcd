"""Consequences of an order's moves for its client status, in the same transaction."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domain.client_status.change import HIDE, SHOW, UPDATE, ExpectedDateMode, StatusChange
from domain.client_status.effects import hidden_client_status
from domain.client_status.guards import became_visible
from domain.client_status.model import ClientStatus, PendingStatus, StatusOrigin, Visibility
from domain.client_status.writer import apply_change
from domain.engine.noun import Consequence, each_alone
from domain.engine.subjects import read_subjects
from domain.engine.transition import TransitionContext, cascade
from domain.kernel.actors import CLOCK
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.status_templates.model import StatusTemplate


async def create_hidden_statuses(moves: Sequence[TransitionContext]) -> None:
    """New orders have hidden client statuses."""
    for move in moves:
        move.insert(hidden_client_status(move.row))


async def hide_statuses(moves: Sequence[TransitionContext]) -> None:
    """The system hides shown statuses and drops pending ones; texts stay for a later show."""
    hidden = StatusChange(event=HIDE, visibility=Visibility.HIDDEN, origin=StatusOrigin.AUTOMATION)
    await apply_change(moves[0].work, [move.row.id for move in moves], hidden, moves[0].context.as_actor(CLOCK))


async def reveal_statuses(moves: Sequence[TransitionContext]) -> None:
    """Notify clients of statuses that were shown before they could see their orders."""
    lifecycle, context = moves[0].work.registry.lifecycles["clientStatus"], moves[0].context
    subjects = await read_subjects(moves[0].connection, lifecycle, [move.row.id for move in moves])
    visible = [each for each, subject in subjects.items() if became_visible(subject.facts, context) is None]
    await cascade(moves, "clientStatus", "reveal", [(each, None) for each in visible])
    for each in visible:
        moves[0].work.touch("clientStatus", each, each)


async def restore_visibility(move: TransitionContext) -> None:
    """Show the status again as it was, if the actor who restores the order wants it; otherwise it stays hidden."""
    if move.input is None or not move.input.show_client_status:
        return
    shown = StatusChange(event=SHOW, visibility=Visibility.SHOWN)
    result = await apply_change(move.work, [move.row.id], shown, move.context)
    for refusals in result.refused.values():
        raise Refused(*(replace(refusal, path=("show_client_status",)) for refusal in refusals))


async def update_from_draft(move: TransitionContext) -> None:
    """Follow the draft's texts and its customer.

    A name that was the project stays the project, and texts of a template are filled again. Another customer must not
    read what the first one did: given name, expected day and pending change are dropped, and a text that was written by
    hand, or cannot be filled for the new customer, is hidden.
    """
    is_for_another = move.facts.customer_id not in (None, move.row.customer_id)
    if is_for_another:
        await PendingStatus.filter(id=move.row.id).using_db(move.connection).delete()
    intended = await _intended_status(move)
    refresh = await _refresh_change(move, intended)
    if is_for_another:
        refresh = replace(refresh, name=move.row.project, expects=ExpectedDateMode.GIVEN_DATE)
    is_filled = (
        await _apply_refresh(move, refresh) if refresh.template_id or (refresh.name and intended.name) else False
    )
    if is_for_another and not is_filled:
        await hide_statuses([move])


async def _refresh_change(move: TransitionContext, intended: ClientStatus | PendingStatus) -> StatusChange:
    return StatusChange(
        event=UPDATE,
        is_template_refresh=True,
        template_id=None if intended.edited_by_hand else await _current_template_id(move, intended),
        name=move.row.project if intended.name == move.facts.project else None,
        origin=intended.origin,
        automation_id=intended.automation_id,
        notification=intended.notification,
        kept_until=intended.kept_until,
        kept_until_on=intended.kept_until_on,
    )


async def _apply_refresh(move: TransitionContext, refresh: StatusChange) -> bool:
    """Apply the refresh; return whether a template was filled. Where it cannot be, name and day follow alone."""
    result = await apply_change(move.work, [move.row.id], refresh, move.context)
    if result.refused:
        await apply_change(move.work, [move.row.id], replace(refresh, template_id=None), move.context)
    return refresh.template_id is not None and not result.refused


async def _intended_status(move: TransitionContext) -> ClientStatus | PendingStatus:
    """The pending change where there is one, else the present status."""
    pending = await PendingStatus.get_or_none(id=move.row.id, using_db=move.connection)
    return pending or await ClientStatus.get(id=move.row.id, using_db=move.connection)


async def _current_template_id(move: TransitionContext, intended: ClientStatus | PendingStatus) -> UUID | None:
    """The template while the status has its current edition; people decide about applying a later one."""
    current = {"id": intended.template_id, "edition": intended.template_edition, "state": Availability.ACTIVE}
    return intended.template_id if await StatusTemplate.filter(**current).using_db(move.connection).exists() else None


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    **dict.fromkeys(
        ("order.create", "order.createFromTemplate", "order.duplicate", "order.import"), (create_hidden_statuses,)
    ),
    "order.amend": (each_alone(update_from_draft),),
    "order.submit": (reveal_statuses,),
    "order.approve": (reveal_statuses,),
    "order.archive": (hide_statuses,),
    "order.restore": (each_alone(restore_visibility),),
    "order.approveCancellation": (hide_statuses,),
}
