"""Page of a customer's mail settings: one form for each of their contacts, built from its open actions."""

from starlette.responses import Response

from portal_views.forms.detail_page import page_formats, redirect_to_same_page
from portal_views.forms.submission import CompletedAction, SubmittedForm, submit_action
from portal_views.web.page_context import JsonObject, PageContext

TEMPLATE = "mail_settings/page.html"


async def mail_settings(context: PageContext) -> Response:
    """The choice of when mails about client statuses are sent, if at all."""
    return await mail_settings_page(context, TEMPLATE)


async def mail_settings_page(context: PageContext, template: str) -> Response:
    """Show the mail settings in `template`, or submit the posted ones."""
    if context.request.method != "POST":
        return render_mail_settings(context, template, await context.query("mail_settings"))
    data = await context.query("mail_settings", all=True)
    outcome = await submit_action(context, data["viewer"]["contacts"], page_formats(context, data))
    if isinstance(outcome, CompletedAction):
        return redirect_to_same_page(context, outcome)
    return render_mail_settings(context, template, await context.query("mail_settings"), outcome)


def render_mail_settings(
    context: PageContext, template: str, data: JsonObject, submitted: SubmittedForm | None = None
) -> Response:
    contacts = data["viewer"]["contacts"]
    return context.render(template, data, status=422 if submitted else 200, contacts=contacts, submitted=submitted)
