"""Coming in and going out: sign-in, sign-out, the own account with password, language and role."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.desk import Desk, Endpoint, to_sign_in
from portal_views.gate import Pass, Visitor
from portal_views.problems import Problem
from portal_views.rendering import render
from portal_views.words import LANGUAGES, say


def chosen_language(desk: Desk, request: Request) -> str:
    """The language named in the address, else what account or browser say."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else desk.gate.language(request)


def inside(path: str | None) -> str:
    """A path of this site to go on to; anything else leads home."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return "/"


def sign_in(desk: Desk) -> Endpoint:
    """GET shows the form, POST signs in and goes on to where the visitor wanted to be."""

    async def endpoint(request: Request) -> Response:
        language = chosen_language(desk, request)
        if request.method == "GET":
            if await desk.gate.visitor(request):
                return RedirectResponse("/", status_code=303)
            return _sign_in_page(request, language)
        form = await request.form()
        email, password = str(form.get("email", "")).strip(), str(form.get("password", ""))
        passed = await desk.gate.sign_in(request, email, password)
        if passed.secret is None:
            return _refused(_sign_in_page(request, language, passed, email), passed)
        return _with_session(desk, inside(str(form.get("next", "/"))), passed.secret)

    return endpoint


def _sign_in_page(request: Request, language: str, passed: Pass | None = None, email: str = "") -> Response:
    return render(
        "sign_in.html",
        language,
        status=422 if passed else 200,
        visit=None,
        path=request.url.path,
        next=inside(request.query_params.get("next")),
        email=email,
        problems=_problems(passed),
    )


def _problems(passed: Pass | None) -> list[Problem]:
    return [Problem(refusal.text) for refusal in passed.refusals] if passed else []


def _refused(page: Response, passed: Pass) -> Response:
    """Say when trying again makes sense."""
    waits = [refusal.retry_after_seconds for refusal in passed.refusals if refusal.retry_after_seconds]
    if waits:
        page.status_code = 429
        page.headers["Retry-After"] = str(max(waits))
    return page


def _with_session(desk: Desk, path: str, secret: str) -> Response:
    response = RedirectResponse(path, status_code=303)
    desk.gate.keep(response, secret)
    return response


def password(desk: Desk) -> Endpoint:
    """Change the password; at the first sign-in nothing else is possible before."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.gate.visitor(request)
        if visitor is None:
            return to_sign_in(request)
        if visitor.view:
            return RedirectResponse("/", status_code=303)
        if request.method == "GET":
            return _account_page(visitor)
        form = await request.form()
        new = str(form.get("new", ""))
        if new != str(form.get("again", "")):
            return _account_page(visitor, [Problem(say(visitor.language, "password.mismatch"), "again")])
        passed = await desk.gate.change_password(request, str(form.get("current", "")), new)
        if passed.secret is None:
            return _refused(_account_page(visitor, _problems(passed)), passed)
        return _with_session(desk, "/?done=passwordChange", passed.secret)

    return endpoint


def _account_page(visitor: Visitor, problems: Sequence[Problem] = ()) -> Response:
    return render(
        "password.html",
        visitor.language,
        status=422 if problems else 200,
        visit=None if visitor.must_change_password else _Whoever(visitor),
        visitor=visitor,
        problems=problems,
        path="/password",
    )


class _Whoever:
    """The frame of a page that asks the API for nothing."""

    home = ""
    request = None

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor


def sign_out(desk: Desk) -> Endpoint:
    """End this session, or every session of the account."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        if form.get("everywhere"):
            await desk.gate.sign_out_everywhere(request)
        else:
            await desk.gate.sign_out(request)
        response = RedirectResponse("/sign-in", status_code=303)
        desk.gate.forget(response)
        return response

    return endpoint


def role(desk: Desk) -> Endpoint:
    """Go on in another role of the same account."""

    async def endpoint(request: Request) -> Response:
        form: Any = await request.form()
        if await desk.gate.visitor(request) is None:
            return to_sign_in(request)
        passed = await desk.gate.switch_role(request, str(form.get("role", "")))
        return _with_session(desk, "/", passed.secret) if passed.secret else RedirectResponse("/", status_code=303)

    return endpoint


def language(desk: Desk) -> Endpoint:
    """Go on in another language, from now on in letters too."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        if await desk.gate.visitor(request) is None:
            return to_sign_in(request)
        wanted = str(form.get("language", ""))
        if wanted in LANGUAGES:
            await desk.gate.change_language(request, wanted)
        return RedirectResponse(inside(str(form.get("next", "/"))), status_code=303)

    return endpoint
