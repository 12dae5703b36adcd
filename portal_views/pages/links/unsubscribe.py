"""The unsubscribe page behind the link in every mail about a client status; it needs no sign-in."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal_views.forms.submission import SubmittedForm, perform_action
from portal_views.pages.mail_settings import mail_settings_page, render_mail_settings
from portal_views.web.error_pages import too_many_requests_page
from portal_views.web.page_context import (
    Endpoint,
    PageContext,
    PageDependencies,
    found_or_404,
    read_form,
    with_error_responses,
)
from portal_views.web.ports.auth import AuthRefusal

UNSUBSCRIBE_TEMPLATE = "mail_settings/unsubscribe.html"
# The form that a mail program posts when its reader presses the program's own button (RFC 8058).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def unsubscribe_page(dependencies: PageDependencies) -> Endpoint:
    """GET explains the link and changes nothing, since programs open links too; POST saves the choice."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.unsubscribe_visitor(request, str(request.path_params["token"]))
        if isinstance(visitor, AuthRefusal):
            return too_many_requests_page(request, dependencies, visitor)
        if visitor is None:
            raise HTTPException(404)
        await read_form(request)
        context = PageContext(
            request=request,
            dependencies=dependencies,
            visitor=visitor,
            language=visitor.language,
            link_path=request.url.path,
        )
        is_one_click = request.method == "POST" and (await request.form()).get(ONE_CLICK[0]) == ONE_CLICK[1]
        page = _unsubscribe_all(context) if is_one_click else mail_settings_page(context, UNSUBSCRIBE_TEMPLATE)
        return await with_error_responses(page, context.redirect(request.url.path))

    return endpoint


async def _unsubscribe_all(context: PageContext) -> Response:
    """Stop the mails at once; a repetition changes nothing, and two at the same time count as one."""
    data = await context.query("mail_settings")
    contact = found_or_404(next(iter(data["viewer"]["contacts"]), None))
    if contact["statusMails"] == "NONE":
        return render_mail_settings(context, UNSUBSCRIBE_TEMPLATE, data)
    key = f"one-click-{contact['version']}"
    inputs = {"id": contact["id"], "statusMails": "NONE", "idempotencyKey": key}
    outcome = await perform_action(context, contact["openActions"][0], FormData(), inputs)
    submitted = outcome if isinstance(outcome, SubmittedForm) else None
    return render_mail_settings(context, UNSUBSCRIBE_TEMPLATE, await context.query("mail_settings"), submitted)
