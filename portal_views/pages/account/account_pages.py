"""The account pages: sign-in, sign-out, password, language and role."""

from collections.abc import Sequence
from typing import Any

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.forms.submission import FormError, form_errors
from portal_views.web.flash import with_notice
from portal_views.web.page_context import Endpoint, PageContext, PageDependencies, address_language, sign_in_redirect
from portal_views.web.ports.auth import SessionResult
from portal_views.web.renderer import render
from portal_views.words.catalogue import LANGUAGES, translate


def local_path(path: str | None) -> str:
    """The path if it is one of this site, else that of the first page; no redirect leads to another site."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return "/"


def sign_in(dependencies: PageDependencies) -> Endpoint:
    """GET shows the form, POST signs in and redirects to the page that was requested."""

    async def endpoint(request: Request) -> Response:
        language = address_language(request, dependencies.auth.language(request))
        if request.method == "GET":
            if await dependencies.auth.visitor(request):
                return RedirectResponse("/", status_code=303)
            is_new = await dependencies.setup.is_new()
            return sign_in_page(request, dependencies, language, is_new=is_new)
        form = await request.form()
        email, password = str(form.get("email", "")).strip(), str(form.get("password", ""))
        result = await dependencies.auth.sign_in(request, email, password)
        following = local_path(str(form.get("next", "/")))
        if result.pending_secret:
            return second_step_redirect(dependencies, following, result.pending_secret)
        if result.session_secret is None:
            page = sign_in_page(request, dependencies, language, result, email=email, following=following)
            return with_retry_after(page, result)
        return session_redirect(dependencies, following, result.session_secret)

    return endpoint


def sign_in_page(
    request: Request,
    dependencies: PageDependencies,
    language: str,
    result: SessionResult | None = None,
    *,
    email: str = "",
    following: str | None = None,
    is_new: bool = False,
) -> Response:
    """The sign-in page, with the refusals of an attempt and the path that it was to lead to.

    `is_new` says that the installation has no account yet.
    """
    return render(
        "account/sign_in.html",
        language,
        status=422 if result else 200,
        context=None,
        path=request.url.path,
        next=following or local_path(request.query_params.get("next")),
        email=email,
        offers_passkeys=dependencies.second_step.works_with_passkeys(request),
        errors=form_errors(result.refusals if result else ()),
        is_new=is_new,
    )


def with_retry_after(page: Response, result: SessionResult) -> Response:
    """The page with status 429 and the seconds after which another attempt makes sense, if there is a limit."""
    waits = [refusal.retry_after_seconds for refusal in result.refusals if refusal.retry_after_seconds]
    if waits:
        page.status_code = 429
        page.headers["Retry-After"] = str(max(waits))
    return page


def session_redirect(dependencies: PageDependencies, path: str, secret: str) -> Response:
    """Lead to a page of the new session, whose secret goes into the cookie."""
    response = RedirectResponse(path, status_code=303)
    dependencies.auth.set_session_cookie(response, secret)
    return response


def second_step_redirect(dependencies: PageDependencies, path: str, pending_secret: str) -> Response:
    """Lead to the page for the second factor, which leads to `path`; the cookie binds the sign-in to this browser."""
    address = URL("/sign-in/second-factor").include_query_params(next=path)
    response = RedirectResponse(str(address), status_code=303)
    dependencies.second_step.set_pending_cookie(response, pending_secret)
    return response


def change_password(dependencies: PageDependencies) -> Endpoint:
    """Change the password; after the first sign-in every other page is closed until then."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.impersonation:
            return RedirectResponse("/", status_code=303)
        context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
        if request.method == "GET":
            return _account_page(context)
        form = await request.form()
        new = str(form.get("new", ""))
        if new != str(form.get("again", "")):
            return _account_page(context, [FormError(translate(visitor.language, "password.mismatch"), "again")])
        result = await dependencies.auth.change_password(
            request, str(form.get("current", "")), new, keeps_tokens="keep_tokens" in form
        )
        if result.session_secret is None:
            return with_retry_after(_account_page(context, form_errors(result.refusals)), result)
        return with_notice(session_redirect(dependencies, "/", result.session_secret), "passwordChange")

    return endpoint


def _account_page(context: PageContext, errors: Sequence[FormError] = ()) -> Response:
    visitor = context.visitor
    return render(
        "account/password.html",
        visitor.language,
        status=422 if errors else 200,
        context=None if visitor.must_act_first else context,
        visitor=visitor,
        errors=errors,
        path=context.request.url.path,
    )


def sign_out(dependencies: PageDependencies) -> Endpoint:
    """End this session, or every session of the account."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        if form.get("everywhere"):
            await dependencies.auth.sign_out_everywhere(request)
        else:
            await dependencies.auth.sign_out(request)
        response = RedirectResponse("/sign-in", status_code=303)
        dependencies.auth.clear_session_cookie(response)
        return response

    return endpoint


def switch_role(dependencies: PageDependencies) -> Endpoint:
    """Continue in another role of the same account."""

    async def endpoint(request: Request) -> Response:
        form: Any = await request.form()
        if await dependencies.auth.visitor(request) is None:
            return sign_in_redirect(request)
        result = await dependencies.auth.switch_role(request, str(form.get("role", "")))
        return (
            session_redirect(dependencies, "/", result.session_secret)
            if result.session_secret
            else RedirectResponse("/", status_code=303)
        )

    return endpoint


def change_language(dependencies: PageDependencies) -> Endpoint:
    """Continue in another language, which mails use from now on too."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        if await dependencies.auth.visitor(request) is None:
            return sign_in_redirect(request)
        wanted = str(form.get("language", ""))
        if wanted in LANGUAGES:
            await dependencies.auth.change_language(request, wanted)
        return RedirectResponse(local_path(str(form.get("next", "/"))), status_code=303)

    return endpoint
