"""Bearer tokens: created with name, role, scope and lifetime, shown once, and revoked."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from portal_views.forms.submission import FormError, form_errors
from portal_views.pages.security.page import OVERVIEW_PATH, confirmation_redirect, form_value, render_security
from portal_views.web.page_context import PageContext

LIFETIMES = ("30", "90", "365")
SCOPES = ("READ", "FULL")
DEFAULTS = {"name": "", "role": "", "scope": "READ", "days": "90"}


async def new_token(context: PageContext) -> Response:
    """GET shows the form; POST creates the token and shows its secret once."""
    security = context.dependencies.security
    if context.request.method == "GET":
        if not await security.is_confirmed(context.request):
            return confirmation_redirect(context.request.url.path)
        return await _form(context, DEFAULTS | {"role": context.visitor.role})
    values = {name: await form_value(context, name) for name in DEFAULTS}
    result = await security.create_token(context.request, **values)
    if result.needs_confirmation:
        return confirmation_redirect(context.request.url.path)
    if result.refusals:
        return await _form(context, values, form_errors(result.refusals))
    return await render_security(context, "security/token.html", secret=result.secret, name=values["name"])


async def revoke_token(context: PageContext) -> Response:
    """Revoke one token; one that is gone already is no error."""
    await context.dependencies.security.revoke_token(context.request, await form_value(context, "token"))
    return context.redirect(OVERVIEW_PATH, done="tokenRevoke")


async def _form(context: PageContext, values: Mapping[str, str], errors: Sequence[FormError] = ()) -> Response:
    return await render_security(
        context, "security/new_token.html", errors=errors, values=values, lifetimes=LIFETIMES, scopes=SCOPES
    )
