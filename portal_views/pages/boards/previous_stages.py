"""The stages that moved orders came from, as the address of the board and the form of its undo button write them."""

from collections.abc import Iterable, Mapping, Sequence

from portal_views.forms.selection import Selection
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import PageContext

OFF_BOARD = "off"
UNDO = "undo"
# More orders go back by another move, which shows a preview first.
MAX_UNDONE = 20


async def origins_of(context: PageContext, selection: Selection) -> Sequence[str]:
    """The stage of each selected order as `stage:order`; none for selections that are too large to be undone."""
    if selection.filter is not None or len(selection.ids) > MAX_UNDONE:
        return ()
    found = await context.query("stage_origins", ids=list(selection.ids))
    return [f"{(each['stage'] or {'id': OFF_BOARD})['id']}:{each['id']}" for each in found["orders"]["nodes"]]


def valid_origins(texts: Iterable[object]) -> Sequence[str]:
    """The texts that name a stage, or none, and an order."""
    return [text for text in map(str, texts) if _is_origin(*text.partition(":")[::2])][:MAX_UNDONE]


def orders_by_stage(origins: Iterable[str]) -> Mapping[str | None, Sequence[str]]:
    """The orders that go back to each stage; None stands for off the board."""
    found: dict[str | None, list[str]] = {}
    for origin in origins:
        stage, _, order = origin.partition(":")
        found.setdefault(None if stage == OFF_BOARD else stage, []).append(order)
    return found


def _is_origin(stage: str, order: str) -> bool:
    return (stage == OFF_BOARD or is_id_of("stg", stage)) and is_id_of("ord", order)
