"""The pages behind mailed links, which need no sign-in: GET shows an offer or a delivery, POST answers it."""

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
    address_language,
    read_form,
    with_error_responses,
)
from portal_views.web.renderer import render

OPENING_STATES = {LinkState.OPEN, LinkState.USED}
HTTP_GONE = 410


def mailed_link_page(dependencies: PageDependencies) -> Endpoint:
    """The page of one link: an offer to answer, a delivery to review, or the reason why there is neither any more."""

    async def endpoint(request: Request) -> Response:
        link = await dependencies.auth.mailed_link(request, str(request.path_params["token"]))
        if isinstance(link, AuthRefusal):
            return too_many_requests_page(request, dependencies, link)
        language = address_language(request, link.language)
        if link.visitor is None or link.state not in OPENING_STATES:
            return _void_link_page(request, link, language)
        await read_form(request)
        context = PageContext(
            request=request,
            dependencies=dependencies,
            visitor=link.visitor,
            language=language,
            link_path=request.url.path,
        )
        is_review = link.purpose == "REVIEW"
        page = delivery_page(context, str(link.delivery_id)) if is_review else _offer_page(context, link)
        return await with_error_responses(page, context.redirect(request.url.path))

    return endpoint


async def _offer_page(context: PageContext, link: MailedLink) -> Response:
    return await detail_page(
        context, document="offer", noun="order", subject_id=str(link.order_id), render=_render_offer
    )


def _render_offer(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render("mailed_links/offer.html", data, submitted=submitted, order=data["order"])


def _void_link_page(request: Request, link: MailedLink, language: str) -> Response:
    """The reason why the link no longer opens a page, and what helps."""
    return render(
        "mailed_links/void_link.html",
        language,
        status=404 if link.state is LinkState.UNKNOWN else HTTP_GONE,
        context=None,
        path=request.url.path,
        state=link.state.value,
    )
