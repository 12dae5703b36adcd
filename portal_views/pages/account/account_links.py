"""The pages behind mailed links of accounts: invitation, new password, new address. GET asks and POST acts."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.forms.submission import FormError
from portal_views.web.flash import with_notice
from portal_views.web.page_context import PageDependencies
from portal_views.web.ports.auth import AuthRefusal, LinkState, MailedLink, SessionResult, Visitor
from portal_views.web.renderer import render
from portal_views.words.catalogue import translate

HTTP_GONE = 410
Submit = Callable[[PageDependencies, Request, Visitor, FormData], Awaitable[SessionResult]]


async def _accept(dependencies: PageDependencies, request: Request, visitor: Visitor, form: FormData) -> SessionResult:
    if mismatch := _mismatch(visitor, form):
        return mismatch
    return await dependencies.accounts.accept_invitation(
        request,
        visitor,
        name=str(form.get("name", "")),
        language=str(form.get("language", "")),
        password=str(form.get("new", "")),
    )


async def _reset(dependencies: PageDependencies, request: Request, visitor: Visitor, form: FormData) -> SessionResult:
    if mismatch := _mismatch(visitor, form):
        return mismatch
    return SessionResult(None, await dependencies.accounts.reset_password(visitor, str(form.get("new", ""))))


async def _confirm(dependencies: PageDependencies, request: Request, visitor: Visitor, form: FormData) -> SessionResult:
    return SessionResult(None, await dependencies.accounts.confirm_email(visitor))


async def _undo(dependencies: PageDependencies, request: Request, visitor: Visitor, form: FormData) -> SessionResult:
    return SessionResult(None, await dependencies.accounts.undo_email_change(visitor))


# What the posted form of each purpose does; the template has the form of the same name.
ACCOUNT_LINK_FORMS: Mapping[str | None, Submit] = {
    "INVITATION": _accept,
    "RESET": _reset,
    "EMAIL": _confirm,
    "EMAIL_UNDO": _undo,
}


async def account_link_response(
    dependencies: PageDependencies, request: Request, link: MailedLink, language: str
) -> Response:
    """The form of an open link, its outcome once it is used, or the reason why it no longer works."""
    if link.visitor is None or link.state is not LinkState.OPEN:
        return _closed_page(request, link, language)
    if request.method == "GET":
        return _page(request, link, language)
    form = await request.form(max_files=0)
    result = await ACCOUNT_LINK_FORMS[link.purpose](dependencies, request, link.visitor, form)
    if result.refusals:
        return _page(request, link, language, form, _errors(result))
    if result.session_secret is None:
        return RedirectResponse(f"{request.url.path}?lang={language}", status_code=303)
    response = with_notice(RedirectResponse("/", status_code=303), "accountAcceptInvitation")
    dependencies.auth.set_session_cookie(response, result.session_secret)
    return response


def _page(
    request: Request,
    link: MailedLink,
    language: str,
    form: FormData | None = None,
    errors: Sequence[FormError] = (),
) -> Response:
    name = link.visitor.name if link.visitor else ""
    return render(
        "account/link.html",
        language,
        status=422 if errors else 200,
        context=None,
        path=request.url.path,
        purpose=link.purpose,
        email=link.email,
        name=str(form.get("name", "")) if form else name,
        chosen_language=str(form.get("language", "")) if form else language,
        errors=errors,
    )


def _closed_page(request: Request, link: MailedLink, language: str) -> Response:
    """What came of the link, or why it does not work and what helps."""
    is_used = link.state is LinkState.USED
    return render(
        "account/closed_link.html",
        language,
        status=200 if is_used else HTTP_GONE,
        context=None,
        path=request.url.path,
        purpose=link.purpose,
        state="used" if is_used else "void",
    )


def _mismatch(visitor: Visitor, form: FormData) -> SessionResult | None:
    if form.get("new") == form.get("again"):
        return None
    message = translate(visitor.language, "password.mismatch")
    return SessionResult(None, (AuthRefusal("mismatch", message, field="again"),))


def _errors(result: SessionResult) -> list[FormError]:
    return [FormError(each.message, each.field, each.remedy) for each in result.refusals]
