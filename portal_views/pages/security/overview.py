"""The security page: second factors, sessions and tokens, and the password once more before they change."""

from starlette.responses import Response

from portal_views.forms.submission import form_errors
from portal_views.pages.account.account_pages import local_path
from portal_views.pages.security.page import OVERVIEW_PATH, finish, form_value, render_security, with_retry_after
from portal_views.web.page_context import PageContext


async def overview(context: PageContext) -> Response:
    """Everything that protects the account, with a form for each change."""
    return await render_security(context, "security/overview.html")


async def confirm(context: PageContext) -> Response:
    """Ask for the password once more, then continue."""
    if context.request.method == "GET":
        following = local_path(context.request.query_params.get("next", OVERVIEW_PATH))
        return await render_security(context, "security/confirm.html", next=following)
    following = local_path(await form_value(context, "next"))
    result = await context.dependencies.security.confirm(context.request, await form_value(context, "password"))
    if result.refusals:
        page = await render_security(
            context, "security/confirm.html", errors=form_errors(result.refusals), next=following
        )
        return with_retry_after(page, result)
    return context.redirect(following)


async def end_session(context: PageContext) -> Response:
    """End one session; one that has ended already is no error."""
    session_id = await form_value(context, "session")
    await context.dependencies.security.end_session(context.request, session_id)
    return context.redirect(OVERVIEW_PATH, done="sessionEnd")


async def renew_recovery_codes(context: PageContext) -> Response:
    """Show ten new recovery codes; the old ones are void."""
    return await finish(
        context, await context.dependencies.security.renew_recovery_codes(context.request), "recoveryCodesRenew"
    )
