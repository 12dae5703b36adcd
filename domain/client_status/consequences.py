"""Consequences of an order's moves for its client status, in the same transaction."""

from dataclasses import replace
from uuid import UUID

from domain.client_status.change import HIDE, SHOW, UPDATE, ExpectedDateMode, StatusChange
from domain.client_status.effects import create_client_status
from domain.client_status.facts import ClientStatusFacts
from domain.client_status.guards import became_visible
from domain.client_status.model import ClientStatus, PendingStatus, StatusOrigin, Visibility
from domain.client_status.writer import apply_change
from domain.engine.facts import read_facts
from domain.engine.noun import Consequence
from domain.engine.transition import TransitionContext
from domain.kernel.actors import CLOCK
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.status_templates.model import StatusTemplate


async def create_hidden_status(move: TransitionContext) -> None:
    """A new order has a hidden client status."""
    await create_client_status(move.connection, move.row)


async def hide_status(move: TransitionContext) -> None:
    """The system hides a shown status and drops a pending one; texts stay for a later show."""
    hidden = StatusChange(event=HIDE, visibility=Visibility.HIDDEN, origin=StatusOrigin.AUTOMATION)
    await apply_change(move.work, [move.row.id], hidden, move.context.as_actor(CLOCK))


async def reveal_status(move: TransitionContext) -> None:
    """Notify the client of a status that was shown before they could see its order."""
    lifecycle = move.work.registry.lifecycles["clientStatus"]
    status: ClientStatusFacts = await read_facts(move.connection, lifecycle, move.row.id)
    if became_visible(status, move.context) is None:
        await move.cascade("clientStatus", "reveal", [move.row.id])


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
        await hide_status(move)


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
    **dict.fromkeys(("order.create", "order.createFromTemplate", "order.duplicate"), (create_hidden_status,)),
    "order.amend": (update_from_draft,),
    "order.submit": (reveal_status,),
    "order.approve": (reveal_status,),
    "order.archive": (hide_status,),
    "order.restore": (restore_visibility,),
    "order.approveCancellation": (hide_status,),
}
