"""The page behind the address in every mail about a client status that ends such mails; nobody needs to sign in."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal_views.forms.submission import SubmittedForm, run_mutation
from portal_views.pages.mail_settings import mail_settings_page, render_mail_settings
from portal_views.pages.mailed_links import too_many_requests_page
from portal_views.web.auth_port import AuthRefusal
from portal_views.web.page_context import (
    Endpoint,
    PageContext,
    PageDependencies,
    found_or_404,
    read_form,
    with_error_responses,
)

UNSUBSCRIBE_TEMPLATE = "mail_settings/unsubscribe.html"
# What a mail program posts when its reader presses its own button (RFC 8058).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def unsubscribe_page(desk: PageDependencies) -> Endpoint:
    """GET says what the address does and changes nothing, since programs open links too; POST does it."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.auth.unsubscribe_visitor(request, str(request.path_params["token"]))
        if isinstance(visitor, AuthRefusal):
            return too_many_requests_page(request, desk, visitor)
        if visitor is None:
            raise HTTPException(404)
        await read_form(request)
        visit = PageContext(
            request=request, dependencies=desk, visitor=visitor, language=visitor.language, link_path=request.url.path
        )
        is_one_click = request.method == "POST" and (await request.form()).get(ONE_CLICK[0]) == ONE_CLICK[1]
        answer = _unsubscribe_all(visit) if is_one_click else mail_settings_page(visit, UNSUBSCRIBE_TEMPLATE)
        return await with_error_responses(answer, visit.redirect(request.url.path))

    return endpoint


async def _unsubscribe_all(visit: PageContext) -> Response:
    """Write no more, at once; asked again, it stays so, and asked twice at once, it is done once."""
    data = await visit.query("mail_settings")
    contact = found_or_404(next(iter(data["viewer"]["contacts"]), None))
    if contact["statusMails"] == "NONE":
        return render_mail_settings(visit, UNSUBSCRIBE_TEMPLATE, data)
    key = f"one-click-{contact['version']}"
    wish = {"id": contact["id"], "statusMails": "NONE", "idempotencyKey": key}
    outcome = await run_mutation(visit, contact["openActions"][0], FormData(), wish)
    attempt = outcome if isinstance(outcome, SubmittedForm) else None
    return render_mail_settings(visit, UNSUBSCRIBE_TEMPLATE, await visit.query("mail_settings"), attempt)
