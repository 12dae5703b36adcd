"""Coming in and going out: sign-in, sign-out, the own account with password, language and role."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.problems import FormError
from portal_views.web.auth_port import SessionResult, Visitor
from portal_views.web.page_context import Endpoint, PageDependencies, sign_in_redirect
from portal_views.web.renderer import render
from portal_views.words.catalogue import LANGUAGES, translate


def request_language(desk: PageDependencies, request: Request) -> str:
    """The language named in the address, else what account or browser say."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else desk.auth.language(request)


def local_path(path: str | None) -> str:
    """A path of this site to go on to; anything else leads home."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return "/"


def sign_in(desk: PageDependencies) -> Endpoint:
    """GET shows the form, POST signs in and goes on to where the visitor wanted to be."""

    async def endpoint(request: Request) -> Response:
        language = request_language(desk, request)
        if request.method == "GET":
            if await desk.auth.visitor(request):
                return RedirectResponse("/", status_code=303)
            return _sign_in_page(request, language)
        form = await request.form()
        email, password = str(form.get("email", "")).strip(), str(form.get("password", ""))
        passed = await desk.auth.sign_in(request, email, password)
        if passed.session_secret is None:
            return _with_retry_after(_sign_in_page(request, language, passed, email), passed)
        return _session_redirect(desk, local_path(str(form.get("next", "/"))), passed.session_secret)

    return endpoint


def _sign_in_page(request: Request, language: str, passed: SessionResult | None = None, email: str = "") -> Response:
    return render(
        "account/sign_in.html",
        language,
        status=422 if passed else 200,
        visit=None,
        path=request.url.path,
        next=local_path(request.query_params.get("next")),
        email=email,
        problems=_errors(passed),
    )


def _errors(passed: SessionResult | None) -> list[FormError]:
    return [FormError(refusal.message) for refusal in passed.refusals] if passed else []


def _with_retry_after(page: Response, passed: SessionResult) -> Response:
    """Say when trying again makes sense."""
    waits = [refusal.retry_after_seconds for refusal in passed.refusals if refusal.retry_after_seconds]
    if waits:
        page.status_code = 429
        page.headers["Retry-After"] = str(max(waits))
    return page


def _session_redirect(desk: PageDependencies, path: str, secret: str) -> Response:
    response = RedirectResponse(path, status_code=303)
    desk.auth.set_session_cookie(response, secret)
    return response


def change_password(desk: PageDependencies) -> Endpoint:
    """Change the password; at the first sign-in nothing else is possible before."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.impersonation:
            return RedirectResponse("/", status_code=303)
        if request.method == "GET":
            return _account_page(visitor)
        form = await request.form()
        new = str(form.get("new", ""))
        if new != str(form.get("again", "")):
            return _account_page(visitor, [FormError(translate(visitor.language, "password.mismatch"), "again")])
        passed = await desk.auth.change_password(request, str(form.get("current", "")), new)
        if passed.session_secret is None:
            return _with_retry_after(_account_page(visitor, _errors(passed)), passed)
        return _session_redirect(desk, "/?done=passwordChange", passed.session_secret)

    return endpoint


def _account_page(visitor: Visitor, problems: Sequence[FormError] = ()) -> Response:
    return render(
        "account/password.html",
        visitor.language,
        status=422 if problems else 200,
        visit=None if visitor.must_change_password else _AccountPageContext(visitor),
        visitor=visitor,
        problems=problems,
        path="/password",
    )


class _AccountPageContext:
    """The frame of a page that asks the API for nothing."""

    link_path = ""
    request = None

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor


def sign_out(desk: PageDependencies) -> Endpoint:
    """End this session, or every session of the account."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        if form.get("everywhere"):
            await desk.auth.sign_out_everywhere(request)
        else:
            await desk.auth.sign_out(request)
        response = RedirectResponse("/sign-in", status_code=303)
        desk.auth.clear_session_cookie(response)
        return response

    return endpoint


def switch_role(desk: PageDependencies) -> Endpoint:
    """Go on in another role of the same account."""

    async def endpoint(request: Request) -> Response:
        form: Any = await request.form()
        if await desk.auth.visitor(request) is None:
            return sign_in_redirect(request)
        passed = await desk.auth.switch_role(request, str(form.get("role", "")))
        return (
            _session_redirect(desk, "/", passed.session_secret)
            if passed.session_secret
            else RedirectResponse("/", status_code=303)
        )

    return endpoint


def change_language(desk: PageDependencies) -> Endpoint:
    """Go on in another language, from now on in letters too."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        if await desk.auth.visitor(request) is None:
            return sign_in_redirect(request)
        wanted = str(form.get("language", ""))
        if wanted in LANGUAGES:
            await desk.auth.change_language(request, wanted)
        return RedirectResponse(local_path(str(form.get("next", "/"))), status_code=303)

    return endpoint
