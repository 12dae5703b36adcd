"""The mail settings of a customer: one form for each of their contacts, made from its open action."""

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.submission import Outcome, SubmittedForm, submit_action
from portal_views.web.page_context import JsonObject, PageContext

TEMPLATE = "mail_settings/page.html"


async def mail_settings(context: PageContext) -> Response:
    """The choice of when mails about client statuses are sent, if at all."""
    return await mail_settings_page(context, TEMPLATE)


async def mail_settings_page(context: PageContext, template: str) -> Response:
    """Show the choice in a template, or save the posted one."""

    async def submit() -> Outcome:
        data = await context.query("mail_settings", all=True)
        return await submit_action(context, data["viewer"]["contacts"], context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return render_mail_settings(context, template, await context.query("mail_settings"), submitted)

    return await submit_or_show(context, submit=submit, show=show)


def render_mail_settings(
    context: PageContext, template: str, data: JsonObject, submitted: SubmittedForm | None = None
) -> Response:
    return context.render(template, data, submitted=submitted, contacts=data["viewer"]["contacts"])
