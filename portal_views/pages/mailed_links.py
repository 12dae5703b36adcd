"""The pages behind mailed links: GET shows, POST acts; nobody needs to sign in."""

from starlette.requests import Request
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page
from portal_views.forms.submission import SubmittedForm
from portal_views.pages.customer_portal import delivery_page
from portal_views.web.auth_port import AuthRefusal, LinkState, MailedLink
from portal_views.web.page_context import (
    Endpoint,
    JsonObject,
    PageContext,
    PageDependencies,
    read_form,
    with_error_responses,
)
from portal_views.web.renderer import render
from portal_views.words.catalogue import LANGUAGES

OPENING_STATES = {LinkState.OPEN, LinkState.USED}
HTTP_GONE = 410


def mailed_link_page(desk: PageDependencies) -> Endpoint:
    """The page of one link: an offer to answer, a delivery to review, or why neither is there any more."""

    async def endpoint(request: Request) -> Response:
        found = await desk.auth.mailed_link(request, str(request.path_params["token"]))
        if isinstance(found, AuthRefusal):
            return too_many_requests_page(request, desk, found)
        language = _link_language(request, found)
        if found.visitor is None or found.state not in OPENING_STATES:
            return _void_link_page(request, found, language)
        await read_form(request)
        visit = PageContext(
            request=request, dependencies=desk, visitor=found.visitor, language=language, link_path=request.url.path
        )
        answer = (
            delivery_page(visit, str(found.delivery_id)) if found.purpose == "REVIEW" else _offer_page(visit, found)
        )
        return await with_error_responses(answer, visit.redirect(request.url.path))

    return endpoint


def _link_language(request: Request, link: MailedLink) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else link.language


async def _offer_page(visit: PageContext, link: MailedLink) -> Response:
    return await detail_page(
        visit,
        document="offer",
        noun="order",
        subject_id=str(link.order_id),
        render=_render_offer,
    )


def _render_offer(visit: PageContext, data: JsonObject, attempt: SubmittedForm | None) -> Response:
    return visit.render(
        "mailed_links/offer.html", data, status=422 if attempt else 200, order=data["order"], attempt=attempt
    )


def _void_link_page(request: Request, link: MailedLink, language: str) -> Response:
    """Why the link no longer opens anything, and what helps."""
    status = 404 if link.state is LinkState.UNKNOWN else HTTP_GONE
    return render(
        "mailed_links/void_link.html",
        language,
        status=status,
        visit=None,
        path=request.url.path,
        state=link.state.value,
    )


def too_many_requests_page(request: Request, desk: PageDependencies, refusal: AuthRefusal) -> Response:
    response = render(
        "error.html",
        desk.auth.language(request),
        status=429,
        visit=None,
        path=request.url.path,
        kind="429",
        request_id="",
    )
    response.headers["Retry-After"] = str(refusal.retry_after_seconds or 60)
    return response
