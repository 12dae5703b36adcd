"""The pages of one's own account: name, e-mail address, mails and calendar, and the page for a forgotten password."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.forms.submission import FormError
from portal_views.web.error_pages import too_many_requests_page
from portal_views.web.flash import with_notice
from portal_views.web.page_context import Endpoint, PageContext, PageDependencies, address_language, sign_in_redirect
from portal_views.web.ports.account import Refusals
from portal_views.web.ports.auth import AuthRefusal, Visitor
from portal_views.web.renderer import render

HTTP_TOO_MANY = 429


def forgot_password(dependencies: PageDependencies) -> Endpoint:
    """GET asks for the address, POST mails a link if there is an account; the answer is the same if there is none."""

    async def endpoint(request: Request) -> Response:
        language = address_language(request, dependencies.auth.language(request))
        is_posted = request.method == "POST"
        if is_posted:
            form = await request.form(max_files=0)
            email = str(form.get("email", ""))
            refused = await dependencies.accounts.request_password_reset(request, email, language)
            if refused:
                return too_many_requests_page(request, dependencies, refused)
        return render(
            "account/forgot_password.html", language, context=None, path=request.url.path, is_requested=is_posted
        )

    return endpoint


def own_account(dependencies: PageDependencies) -> Endpoint:
    """Name, e-mail address, mails and calendar of the visitor, each with a form of its own."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.must_change_password or visitor.impersonation:
            return RedirectResponse("/password" if visitor.must_change_password else "/", status_code=303)
        if request.method == "GET":
            return await _page(dependencies, request, visitor)
        form = await request.form(max_files=0)
        done, refusals = await _submit(dependencies, request, form)
        if refusals:
            return await _page(dependencies, request, visitor, form, refusals)
        return with_notice(RedirectResponse("/account", status_code=303), done)

    return endpoint


async def _submit(dependencies: PageDependencies, request: Request, form: FormData) -> tuple[str, Refusals]:
    """Carry out the posted form; return the mutation's name and the refusals."""
    if form.get("do") == "email":
        email, password = str(form.get("email", "")), str(form.get("password", ""))
        return "accountRequestEmailChange", await dependencies.accounts.request_email_change(request, email, password)
    if form.get("do") == "mails":
        wanted = [str(each) for each in form.getlist("mails")]
        return "accountChooseMails", await dependencies.accounts.choose_mails(request, wanted)
    if form.get("do") == "renew-calendar":
        return "accountRenewCalendar", await dependencies.accounts.renew_calendar(request)
    if form.get("do") == "end-calendar":
        return "accountEndCalendar", await dependencies.accounts.end_calendar(request)
    return "accountChangeName", await dependencies.accounts.change_name(request, str(form.get("name", "")))


async def _page(
    dependencies: PageDependencies,
    request: Request,
    visitor: Visitor,
    form: FormData | None = None,
    refusals: Sequence[AuthRefusal] = (),
) -> Response:
    context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
    response = render(
        "account/account.html",
        visitor.language,
        status=422 if refusals else 200,
        context=context,
        visitor=visitor,
        posted=str(form.get("do", "")) if form else "",
        name=str(form.get("name", visitor.name)) if form else visitor.name,
        email=str(form.get("email", "")) if form else "",
        mail_choices=await dependencies.accounts.mail_choices(request),
        calendar_address=await dependencies.accounts.calendar_address(request),
        errors=[FormError(each.message, each.field, each.remedy) for each in refusals],
    )
    waits = [each.retry_after_seconds for each in refusals if each.retry_after_seconds]
    if waits:
        response.status_code, response.headers["Retry-After"] = HTTP_TOO_MANY, str(max(waits))
    return response
