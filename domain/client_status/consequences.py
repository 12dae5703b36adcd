"""What an order's moves ask of its client status, in the same transaction."""

from domain.client_status.model import ClientStatus, Visibility
from domain.core.book import Consequence
from domain.core.move import Move


async def hide_what_is_shown(move: Move) -> None:
    """A client status that is shown is hidden by the system; its texts stay for whoever shows it again."""
    shown = ClientStatus.filter(order_id=move.row.id, visibility=Visibility.SHOWN).using_db(move.connection)
    await move.follow("clientStatus", "hide", [status.id for status in await shown])


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "order.archive": (hide_what_is_shown,),
    "order.approveCancellation": (hide_what_is_shown,),
}
