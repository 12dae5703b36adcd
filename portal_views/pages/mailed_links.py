"""Pages behind mailed links, without sign-in: GET shows an offer or a delivery, POST answers it."""

from starlette.requests import Request
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page
from portal_views.forms.submission import SubmittedForm
from portal_views.pages.customer_portal import delivery_page
from portal_views.web.auth_port import AuthRefusal, LinkState, MailedLink
from portal_views.web.error_pages import too_many_requests_page
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


def mailed_link_page(dependencies: PageDependencies) -> Endpoint:
    """The page of one link: an offer to answer, a delivery to review, or the reason the link no longer opens."""

    async def endpoint(request: Request) -> Response:
        found = await dependencies.auth.mailed_link(request, str(request.path_params["token"]))
        if isinstance(found, AuthRefusal):
            return too_many_requests_page(request, dependencies, found)
        language = _link_language(request, found)
        if found.visitor is None or found.state not in OPENING_STATES:
            return _void_link_page(request, found, language)
        await read_form(request)
        context = PageContext(
            request=request,
            dependencies=dependencies,
            visitor=found.visitor,
            language=language,
            link_path=request.url.path,
        )
        answer = (
            delivery_page(context, str(found.delivery_id)) if found.purpose == "REVIEW" else _offer_page(context, found)
        )
        return await with_error_responses(answer, context.redirect(request.url.path))

    return endpoint


def _link_language(request: Request, link: MailedLink) -> str:
    named = request.query_params.get("lang", "")
    return named if named in LANGUAGES else link.language


async def _offer_page(context: PageContext, link: MailedLink) -> Response:
    return await detail_page(
        context,
        document="offer",
        noun="order",
        subject_id=str(link.order_id),
        render=_render_offer,
    )


def _render_offer(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render(
        "mailed_links/offer.html", data, status=422 if submitted else 200, order=data["order"], submitted=submitted
    )


def _void_link_page(request: Request, link: MailedLink, language: str) -> Response:
    """The reason the link no longer opens a page, and advice; 404 for an unknown link, 410 for others."""
    status = 404 if link.state is LinkState.UNKNOWN else HTTP_GONE
    return render(
        "mailed_links/void_link.html",
        language,
        status=status,
        context=None,
        path=request.url.path,
        state=link.state.value,
    )
