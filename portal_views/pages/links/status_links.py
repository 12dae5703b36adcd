"""The pages behind a status link: a contact's work in progress, read only, and the way to a new link after its end."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.web import pagination
from portal_views.web.error_pages import too_many_requests_page
from portal_views.web.identifiers import ID_PATTERN
from portal_views.web.page_context import PageContext, PageDependencies, found_or_404, read_form
from portal_views.web.ports.auth import MailedLink
from portal_views.web.renderer import render

WORK_QUERY, SENT_QUERY = "work", "sent"
HTTP_GONE = 410


async def status_link_page(context: PageContext, link: MailedLink) -> Response:
    """The work in progress as the contact would see it signed in, or the whole history of one piece of it."""
    if context.request.method not in ("GET", "HEAD"):
        raise HTTPException(405)
    query = context.request.query_params
    if WORK_QUERY in query:
        return await _work_page(context, link, query[WORK_QUERY])
    return await pagination.list_page(
        context,
        document="work_list",
        template="mailed_links/work_list.html",
        connection="workInProgress",
        mail_choice_path=link.mail_choice_path,
    )


async def expired_status_link_page(request: Request, dependencies: PageDependencies, language: str) -> Response:
    """GET says that the link has expired and offers a new one; POST mails it to the address on file."""
    if request.method == "POST":
        await read_form(request)
        refused = await dependencies.auth.send_status_link(request, str(request.path_params["token"]))
        if refused and refused.retry_after_seconds:
            return too_many_requests_page(request, dependencies, refused)
        if refused:
            raise HTTPException(403)
        return RedirectResponse(f"{request.url.path}?lang={language}&{SENT_QUERY}=1", status_code=303)
    is_sent = SENT_QUERY in request.query_params
    return render(
        "mailed_links/expired_status_link.html",
        language,
        status=200 if is_sent else HTTP_GONE,
        context=None,
        path=request.url.path,
        is_sent=is_sent,
    )


async def _work_page(context: PageContext, link: MailedLink, work_id: str) -> Response:
    if not ID_PATTERN.fullmatch(work_id):
        raise HTTPException(404)
    query = context.request.query_params
    data = await context.query("work", id=work_id, **pagination.page_arguments(query))
    client_status = found_or_404(data["clientStatus"])
    page_links = pagination.page_links(client_status["history"], query)
    return context.render(
        "mailed_links/work.html",
        data,
        client_status=client_status,
        page_links=page_links,
        mail_choice_path=link.mail_choice_path,
    )
