"""What an order's moves ask of its client status, in the same transaction."""

from dataclasses import replace
from uuid import UUID

from domain.client_status.change import HIDE, SHOW, UPDATE, Change, Expects
from domain.client_status.facts import ClientStatusFacts
from domain.client_status.guards import it_came_into_sight
from domain.client_status.model import ClientStatus, PendingStatus, StatusOrigin, Visibility
from domain.client_status.restating import restate
from domain.engine.registry import Consequence
from domain.engine.unit_of_work import TransitionContext, read_facts
from domain.kernel.actors import CLOCK
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.status_templates.model import StatusTemplate


async def hide_what_is_shown(move: TransitionContext) -> None:
    """What is shown is hidden by the system, and what waits to be shown is dropped; texts stay for whoever shows it."""
    hidden = Change(event=HIDE, visibility=Visibility.HIDDEN, origin=StatusOrigin.AUTOMATION)
    await restate(move.work, [move.row.id], hidden, move.context.as_actor(CLOCK))


async def reveal_what_came_into_sight(move: TransitionContext) -> None:
    """A status that was shown before the client could see its order is told of when they can."""
    lifecycle = move.work.registry.lifecycles["clientStatus"]
    status: ClientStatusFacts = await read_facts(move.connection, lifecycle, move.row.id)
    if it_came_into_sight(status, move.context) is None:
        await move.cascade("clientStatus", "reveal", [move.row.id])


async def show_again_if_asked(move: TransitionContext) -> None:
    """What archiving hid stays hidden unless whoever restores the order wants it shown, as it was."""
    if move.input is None or not move.input.show_client_status:
        return
    shown = Change(event=SHOW, visibility=Visibility.SHOWN)
    restated = await restate(move.work, [move.row.id], shown, move.context)
    for refusals in restated.refused.values():
        raise Refused(*(replace(refusal, path=("show_client_status",)) for refusal in refusals))


async def follow_the_draft(move: TransitionContext) -> None:
    """A draft that says something else, or is meant for somebody else.

    A name that was the project stays the project, and what a template filled is filled anew. What was said to one
    customer is not said to the next one: a name and a day that were given are gone, as is what waits, and what was
    written by hand, or cannot be filled for them, is hidden.
    """
    is_for_another = move.facts.customer_id not in (None, move.row.customer_id)
    if is_for_another:
        await PendingStatus.filter(id=move.row.id).using_db(move.connection).delete()
    meant = await _meant(move)
    anew = await _refilled(move, meant)
    if is_for_another:
        anew = replace(anew, name=move.row.project, expects=Expects.THE_DAY)
    is_filled = await _fills(move, anew) if anew.template_id or (anew.name and meant.name) else False
    if is_for_another and not is_filled:
        await hide_what_is_shown(move)


async def _refilled(move: TransitionContext, meant: ClientStatus | PendingStatus) -> Change:
    return Change(
        event=UPDATE,
        refills=True,
        template_id=None if meant.edited_by_hand else await _edition_it_has(move, meant),
        name=move.row.project if meant.name == move.facts.project else None,
        origin=meant.origin,
        automation_id=meant.automation_id,
        notification=meant.notification,
        kept_until=meant.kept_until,
        kept_until_on=meant.kept_until_on,
    )


async def _fills(move: TransitionContext, anew: Change) -> bool:
    """Write it, and tell whether a template was filled; where it cannot be, the name and the day follow alone."""
    restated = await restate(move.work, [move.row.id], anew, move.context)
    if restated.refused:
        await restate(move.work, [move.row.id], replace(anew, template_id=None), move.context)
    return anew.template_id is not None and not restated.refused


async def _meant(move: TransitionContext) -> ClientStatus | PendingStatus:
    """What waits out a quiet period counts as written."""
    waiting = await PendingStatus.get_or_none(id=move.row.id, using_db=move.connection)
    return waiting or await ClientStatus.get(id=move.row.id, using_db=move.connection)


async def _edition_it_has(move: TransitionContext, meant: ClientStatus | PendingStatus) -> UUID | None:
    """The template while it says what was copied from it; a later edition is for people to apply."""
    wanted = {"id": meant.template_id, "edition": meant.template_edition, "state": Availability.ACTIVE}
    return meant.template_id if await StatusTemplate.filter(**wanted).using_db(move.connection).exists() else None


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "order.amend": (follow_the_draft,),
    "order.submit": (reveal_what_came_into_sight,),
    "order.approve": (reveal_what_came_into_sight,),
    "order.archive": (hide_what_is_shown,),
    "order.restore": (show_again_if_asked,),
    "order.approveCancellation": (hide_what_is_shown,),
}
