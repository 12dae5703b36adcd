"""Pages of one thing with moves on it: GET shows it, POST makes a move or shows what is wrong with it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.desk import Data, Visit, found
from portal_views.formats import Formats
from portal_views.moves import Attempt, Done, make

ID = re.compile(r"[a-z]{3}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Movable = Callable[[Data], Iterable[Data]]
Onward = Callable[[Visit, Done], Response]
Show = Callable[[Visit, Data, Attempt | None], Response]


def asked_id(visit: Visit) -> str:
    """The identifier in the address; anything that cannot be one is not there."""
    asked = str(visit.request.path_params["id"])
    if not ID.fullmatch(asked):
        raise HTTPException(404)
    return asked


def formats_of(visit: Visit, data: Data) -> Formats:
    return Formats.of(visit.language, data["operator"]["zone"], data["now"])


def done_here(visit: Visit, done: Done) -> Response:
    """Back to the same page, which says what was done."""
    query = {"lang": visit.language} if visit.home else {}
    return visit.see_other(visit.request.url.path, **query, done=done.mutation)


async def show_and_move(
    visit: Visit,
    *,
    document: str,
    noun: str,
    subject_id: str,
    movable: Movable = lambda thing: [thing],
    show: Show,
    onward: Onward = done_here,
    **variables: Any,
) -> Response:
    """Show the thing `noun` of `document`, or make the posted move on one of what `movable` finds on it."""
    is_move = visit.request.method == "POST"
    data = await visit.ask(document, id=subject_id, all=is_move, **variables)
    thing = found(data[noun])
    if not is_move:
        return show(visit, data, None)
    outcome = await make(visit, movable(thing), formats_of(visit, data))
    if isinstance(outcome, Done):
        return onward(visit, outcome)
    data = await visit.ask(document, id=subject_id, all=False, **variables)
    found(data[noun])
    return show(visit, data, outcome)
