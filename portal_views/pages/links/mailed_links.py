"""The pages behind mailed links, which need no sign-in: GET shows what a link is for, POST answers it."""

from starlette.requests import Request
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page
from portal_views.forms.submission import SubmittedForm
from portal_views.pages.account.account_links import ACCOUNT_LINK_FORMS, account_link_response
from portal_views.pages.customer_portal import delivery_page, supplement_page
from portal_views.pages.links.status_links import expired_status_link_page, status_link_page
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
from portal_views.web.ports.auth import AuthRefusal, LinkState, MailedLink
from portal_views.web.renderer import render

OPENING_STATES = {LinkState.OPEN, LinkState.USED}
OWN_WORDS_OF_SUPPLEMENTS = {LinkState.WITHDRAWN, LinkState.OFFER_EXPIRED}
HTTP_GONE = 410


def mailed_link_page(dependencies: PageDependencies) -> Endpoint:
    """The page of one link: what it is for, or the reason why it opens none any more."""

    async def endpoint(request: Request) -> Response:
        link = await dependencies.auth.mailed_link(request, str(request.path_params["token"]))
        if isinstance(link, AuthRefusal):
            return too_many_requests_page(request, dependencies, link)
        language = address_language(request, link.language)
        if link.purpose in ACCOUNT_LINK_FORMS:
            return await account_link_response(dependencies, request, link, language)
        if link.offers_new_link:
            return await expired_status_link_page(request, dependencies, language)
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
        return await with_error_responses(_page(context, link), context.redirect(request.url.path))

    return endpoint


async def _page(context: PageContext, link: MailedLink) -> Response:
    if link.purpose == "STATUS":
        return await status_link_page(context, link)
    if link.purpose == "REVIEW":
        return await delivery_page(context, str(link.delivery_id))
    if link.purpose == "REPLY":
        return await _reply_page(context, link)
    if link.purpose == "SUPPLEMENT":
        return await supplement_page(context, str(link.supplement_id))
    template = "mailed_links/due_day.html" if link.purpose == "DUE" else "mailed_links/offer.html"
    return await _order_page(context, link, template)


async def _reply_page(context: PageContext, link: MailedLink) -> Response:
    """What was said on the order, with the answer to it."""

    def render_thread(page: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        return page.render("mailed_links/reply.html", data, submitted=submitted, thread=data["questionThread"])

    return await detail_page(
        context,
        document="question_thread",
        noun="questionThread",
        subject_id=str(link.order_id),
        render=render_thread,
    )


async def _order_page(context: PageContext, link: MailedLink, template: str) -> Response:
    """The offer, or the proposed day of delivery, with the answers to it."""

    def render_order(page: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        return page.render(template, data, submitted=submitted, order=data["order"])

    return await detail_page(
        context, document="offer", noun="order", subject_id=str(link.order_id), render=render_order
    )


def _words_of(link: MailedLink) -> str:
    """The key of the sentences that say why the link is void; those of a further invoice speak of no offer."""
    is_own = link.purpose == "SUPPLEMENT" and link.state in OWN_WORDS_OF_SUPPLEMENTS
    return f"void.supplement.{link.state.value}" if is_own else f"void.{link.state.value}"


def _void_link_page(request: Request, link: MailedLink, language: str) -> Response:
    """The reason why the link no longer opens a page, and what helps."""
    return render(
        "mailed_links/void_link.html",
        language,
        status=404 if link.state is LinkState.UNKNOWN else HTTP_GONE,
        context=None,
        path=request.url.path,
        words=_words_of(link),
    )
