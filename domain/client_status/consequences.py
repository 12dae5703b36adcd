"""What an order's moves ask of its client status, in the same transaction."""

from domain.client_status.change import HIDE, Change
from domain.client_status.facts import ClientStatusFacts
from domain.client_status.guards import it_came_into_sight
from domain.client_status.model import StatusOrigin, Visibility
from domain.client_status.restating import restate
from domain.core.actors import CLOCK
from domain.core.book import Consequence
from domain.core.move import Move, facts_about


async def hide_what_is_shown(move: Move) -> None:
    """What is shown is hidden by the system, and what waits to be shown is dropped; texts stay for whoever shows it."""
    hidden = Change(event=HIDE, visibility=Visibility.HIDDEN, origin=StatusOrigin.AUTOMATION)
    await restate(move.work, [move.row.id], hidden, move.moment.as_actor(CLOCK))


async def reveal_what_came_into_sight(move: Move) -> None:
    """A status that was shown before the client could see its order is told of when they can."""
    lifecycle = move.work.book.lifecycles["clientStatus"]
    status: ClientStatusFacts = await facts_about(move.connection, lifecycle, move.row.id)
    if it_came_into_sight(status, move.moment) is None:
        await move.follow("clientStatus", "reveal", [move.row.id])


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "order.submit": (reveal_what_came_into_sight,),
    "order.approve": (reveal_what_came_into_sight,),
    "order.archive": (hide_what_is_shown,),
    "order.approveCancellation": (hide_what_is_shown,),
}
