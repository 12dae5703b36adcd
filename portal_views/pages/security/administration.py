"""Reset of other accounts' second factors, for administrators: for persons who have lost all of theirs."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.forms.submission import form_errors
from portal_views.pages.security.page import confirmation_redirect, form_value, render_security
from portal_views.web.page_context import PageContext

PATH = "/security/accounts"


async def protected_accounts(context: PageContext) -> Response:
    """GET lists the accounts with a second factor, POST resets those of one; 404 for other roles."""
    security = context.dependencies.security
    accounts = await security.protected_accounts(context.request)
    if accounts is None or context.visitor.must_act_first:
        raise HTTPException(404)
    if context.request.method == "GET":
        return await render_security(context, "security/accounts.html", accounts=accounts)
    result = await security.reset_second_factors(context.request, await form_value(context, "account"))
    if result.needs_confirmation:
        return confirmation_redirect(PATH)
    if result.refusals:
        return await render_security(
            context, "security/accounts.html", errors=form_errors(result.refusals), accounts=accounts
        )
    return context.redirect(PATH, done="secondFactorsReset")
