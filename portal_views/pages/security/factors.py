"""Second factors: an app that shows codes, and passkeys."""

from starlette.responses import JSONResponse, Response

from portal_views.forms.submission import form_errors
from portal_views.pages.security.page import (
    OVERVIEW_PATH,
    confirmation_redirect,
    finish,
    form_value,
    render_security,
    with_retry_after,
)
from portal_views.web.page_context import PageContext
from portal_views.web.ports.security import SecurityResult

TOTP_PATH, NEW_PASSKEY_PATH = f"{OVERVIEW_PATH}/totp", f"{OVERVIEW_PATH}/passkeys/new"


async def start_totp(context: PageContext) -> Response:
    """Make the secret of an app and lead to the page that shows it."""
    result = await context.dependencies.security.set_up_totp(context.request)
    return await finish(context, result, "") if result.refusals else context.redirect(TOTP_PATH)


async def totp(context: PageContext) -> Response:
    """GET shows the QR code, POST confirms the app by its first code."""
    security = context.dependencies.security
    setup = await security.totp_setup(context.request)
    if setup is None:
        return context.redirect(OVERVIEW_PATH)
    if context.request.method == "GET":
        return await render_security(context, "security/totp.html", setup=setup)
    result = await security.confirm_totp(context.request, await form_value(context, "code"))
    if result.refusals and not result.needs_confirmation:
        page = await render_security(context, "security/totp.html", errors=form_errors(result.refusals), setup=setup)
        return with_retry_after(page, result)
    return await finish(context, result, "totpAdd")


async def remove_totp(context: PageContext) -> Response:
    """Remove the app."""
    return await finish(context, await context.dependencies.security.remove_totp(context.request), "totpRemove")


async def new_passkey(context: PageContext) -> Response:
    """GET shows the form, whose script makes the passkey; POST adds it."""
    security = context.dependencies.security
    if context.request.method == "GET":
        if not await security.is_confirmed(context.request):
            return confirmation_redirect(NEW_PASSKEY_PATH)
        return await render_security(context, "security/new_passkey.html", name="")
    name, credential = await form_value(context, "name"), await form_value(context, "credential")
    result = await security.add_passkey(context.request, name=name, credential=credential)
    if result.refusals and not result.needs_confirmation:
        return await render_security(
            context, "security/new_passkey.html", errors=form_errors(result.refusals), name=name
        )
    return await finish(context, result, "passkeyAdd")


async def passkey_options(context: PageContext) -> Response:
    """The options with which the page's script makes a passkey."""
    return options_response(await context.dependencies.security.passkey_options(context.request))


async def remove_passkey(context: PageContext) -> Response:
    """Remove one passkey."""
    passkey_id = await form_value(context, "passkey")
    result = await context.dependencies.security.remove_passkey(context.request, passkey_id)
    return await finish(context, result, "passkeyRemove")


def options_response(result: SecurityResult) -> Response:
    """Options for a passkey as JSON, or the first sentence of the refusal."""
    if result.refusals:
        first = result.refusals[0]
        return JSONResponse({"message": f"{first.message} {first.remedy}".strip()}, 422)
    return Response(result.secret, media_type="application/json")
