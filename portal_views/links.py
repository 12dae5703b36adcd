"""The pages behind mailed links: GET shows, POST acts; nobody needs to sign in."""

from starlette.requests import Request
from starlette.responses import Response

from portal_views.customers import one_delivery
from portal_views.desk import Data, Desk, Endpoint, Visit, answered, read_texts
from portal_views.gate import LinkState, LinkVisit, Refusal
from portal_views.moves import Attempt
from portal_views.rendering import render
from portal_views.things import show_and_move
from portal_views.words import LANGUAGES

OPENS = {LinkState.OPEN, LinkState.USED}
GONE = 410


def mailed_link(desk: Desk) -> Endpoint:
    """The page of one link: an offer to answer, a delivery to review, or why neither is there any more."""

    async def endpoint(request: Request) -> Response:
        found = await desk.gate.link_visit(request, str(request.path_params["token"]))
        if isinstance(found, Refusal):
            return too_many(request, desk, found)
        language = _language(request, found)
        if found.visitor is None or found.state not in OPENS:
            return _void(request, found, language)
        await read_texts(request)
        visit = Visit(request=request, desk=desk, visitor=found.visitor, language=language, home=request.url.path)
        answer = one_delivery(visit, str(found.delivery_id)) if found.purpose == "REVIEW" else _offer(visit, found)
        return await answered(answer, visit.see_other(request.url.path))

    return endpoint


def _language(request: Request, link: LinkVisit) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else link.language


async def _offer(visit: Visit, link: LinkVisit) -> Response:
    return await show_and_move(
        visit,
        document="offer",
        noun="order",
        subject_id=str(link.order_id),
        show=_show_offer,
    )


def _show_offer(visit: Visit, data: Data, attempt: Attempt | None) -> Response:
    return visit.page("link/offer.html", data, status=422 if attempt else 200, order=data["order"], attempt=attempt)


def _void(request: Request, link: LinkVisit, language: str) -> Response:
    """Why the link no longer opens anything, and what helps."""
    status = 404 if link.state is LinkState.UNKNOWN else GONE
    return render("link/void.html", language, status=status, visit=None, path=request.url.path, state=link.state.value)


def too_many(request: Request, desk: Desk, refusal: Refusal) -> Response:
    response = render(
        "error.html",
        desk.gate.language(request),
        status=429,
        visit=None,
        path=request.url.path,
        kind="429",
        request_id="",
    )
    response.headers["Retry-After"] = str(refusal.retry_after_seconds or 60)
    return response
