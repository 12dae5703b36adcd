"""The second step of a sign-in: a code, a passkey or a recovery code; and sign-in by a passkey alone."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.forms.submission import form_errors
from portal_views.pages.account.account_pages import local_path, session_redirect, sign_in_page, with_retry_after
from portal_views.pages.security.factors import options_response
from portal_views.web.page_context import Endpoint, PageDependencies, address_language, read_form
from portal_views.web.ports.auth import SessionResult
from portal_views.web.ports.security import PendingStep
from portal_views.web.renderer import render


def second_factor(dependencies: PageDependencies) -> Endpoint:
    """GET asks for the second factor, POST completes the sign-in; without a pending one, it starts again."""

    async def endpoint(request: Request) -> Response:
        pending = await dependencies.second_step.pending(request)
        if pending is None:
            return RedirectResponse("/sign-in", status_code=303)
        if request.method == "GET":
            return _page(request, dependencies, pending, None, local_path(request.query_params.get("next")))
        await read_form(request)
        form = await request.form()
        credential, following = str(form.get("credential", "")), local_path(str(form.get("next", "/")))
        step = dependencies.second_step
        result = await (
            step.complete_with_passkey(request, credential)
            if credential
            else step.complete_with_code(request, str(form.get("code", "")) or str(form.get("recovery_code", "")))
        )
        if result.session_secret is None:
            return with_retry_after(_page(request, dependencies, pending, result, following), result)
        return _signed_in(dependencies, following, result.session_secret)

    return endpoint


def pending_options(dependencies: PageDependencies) -> Endpoint:
    """The options with which the page's script asks for a passkey of the account."""

    async def endpoint(request: Request) -> Response:
        return options_response(await dependencies.second_step.pending_options(request))

    return endpoint


def passkey_options(dependencies: PageDependencies) -> Endpoint:
    """The options with which the sign-in page's script asks for any passkey of this site."""

    async def endpoint(request: Request) -> Response:
        step = dependencies.second_step
        secret = step.new_browser_secret()
        response = options_response(await step.passkey_options(request, secret))
        step.set_pending_cookie(response, secret)
        return response

    return endpoint


def passkey_sign_in(dependencies: PageDependencies) -> Endpoint:
    """Sign in by a passkey alone."""

    async def endpoint(request: Request) -> Response:
        await read_form(request)
        form = await request.form()
        following = local_path(str(form.get("next", "/")))
        result = await dependencies.second_step.sign_in_with_passkey(request, str(form.get("credential", "")))
        if result.session_secret is None:
            language = address_language(request, dependencies.auth.language(request))
            page = sign_in_page(request, dependencies, language, result, following=following)
            return with_retry_after(page, result)
        return _signed_in(dependencies, following, result.session_secret)

    return endpoint


def _signed_in(dependencies: PageDependencies, path: str, secret: str) -> Response:
    response = session_redirect(dependencies, path, secret)
    dependencies.second_step.clear_pending_cookie(response)
    return response


def _page(
    request: Request,
    dependencies: PageDependencies,
    pending: PendingStep,
    result: SessionResult | None,
    following: str,
) -> Response:
    return render(
        "account/second_factor.html",
        address_language(request, pending.language),
        status=422 if result else 200,
        context=None,
        path=request.url.path,
        next=following,
        pending=pending,
        offers_passkeys=pending.has_passkey and dependencies.second_step.works_with_passkeys(request),
        errors=form_errors(result.refusals) if result else [],
    )
