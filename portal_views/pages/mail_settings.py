"""What a customer decides about mails: one form for each contact they are, straight from the API's menu."""

from starlette.responses import Response

from portal_views.forms.detail_page import page_formats, redirect_to_same_page
from portal_views.forms.submission import CompletedAction, SubmittedForm, submit_action
from portal_views.web.page_context import JsonObject, PageContext

TEMPLATE = "mail_settings/page.html"


async def mail_settings(visit: PageContext) -> Response:
    """When mails about client statuses are sent, if at all."""
    return await mail_settings_page(visit, TEMPLATE)


async def mail_settings_page(visit: PageContext, template: str) -> Response:
    """Show the choice, or make the posted one."""
    if visit.request.method != "POST":
        return render_mail_settings(visit, template, await visit.query("mail_settings"))
    data = await visit.query("mail_settings", all=True)
    outcome = await submit_action(visit, data["viewer"]["contacts"], page_formats(visit, data))
    if isinstance(outcome, CompletedAction):
        return redirect_to_same_page(visit, outcome)
    return render_mail_settings(visit, template, await visit.query("mail_settings"), outcome)


def render_mail_settings(
    visit: PageContext, template: str, data: JsonObject, attempt: SubmittedForm | None = None
) -> Response:
    contacts = data["viewer"]["contacts"]
    return visit.render(template, data, status=422 if attempt else 200, contacts=contacts, attempt=attempt)
