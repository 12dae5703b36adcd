"""The first page of an installation without accounts: who runs it, and who administers it first."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.forms.form_parser import FormParser
from portal_views.forms.submission import FormError, SubmittedForm, field_id, parse_errors, submitted_form
from portal_views.web.formats import Formats
from portal_views.web.page_context import Endpoint, JsonObject, PageDependencies, address_language, read_form
from portal_views.web.renderer import render
from portal_views.words.catalogue import translate

EPOCH = "1970-01-01T00:00:00Z"


def first_run(dependencies: PageDependencies) -> Endpoint:
    """GET shows the form to the bearer of the printed address, POST sets everything up and signs in."""

    async def endpoint(request: Request) -> Response:
        if not await dependencies.setup.opens(request.path_params["token"]):
            raise HTTPException(404)
        language = address_language(request, dependencies.auth.language(request))
        action = _action(dependencies, language)
        if request.method == "GET":
            return _page(request, language, action, None)
        await read_form(request)
        form = await request.form()
        submitted = await _submit(dependencies, language, action, form)
        return _page(request, language, action, submitted) if submitted else await _sign_in(dependencies, request, form)

    return endpoint


def _action(dependencies: PageDependencies, language: str) -> JsonObject:
    """The setup in the shape of an open action, which the forms are made of."""
    return {
        "mutation": "operatorSetUp",
        "subjectId": "",
        "weight": "PRIMARY",
        "label": "",
        "inputs": dependencies.setup.inputs(language),
    }


async def _submit(
    dependencies: PageDependencies, language: str, action: JsonObject, form: FormData
) -> SubmittedForm | None:
    """Set up with what the form says; return the form with its errors when that is refused."""
    parser = FormParser(form, Formats.of(language, "UTC", EPOCH))
    values = parser.parse(action["inputs"])
    password = str(form.get("password", ""))
    errors = parse_errors(action, parser)
    if password != str(form.get("again", "")):
        errors.append(FormError(translate(language, "password.mismatch"), field_id(action, "password")))
    if not errors:
        found = await dependencies.setup.set_up(values, password, language)
        errors = [FormError(each.message, field_id(action, each.field), each.remedy) for each in found]
    return submitted_form(action, form, errors) if errors else None


def _page(request: Request, language: str, action: JsonObject, submitted: SubmittedForm | None) -> Response:
    return render(
        "account/first_run.html",
        language,
        status=422 if submitted else 200,
        context=None,
        path=request.url.path,
        action=action,
        submitted=submitted,
    )


async def _sign_in(dependencies: PageDependencies, request: Request, form: FormData) -> Response:
    """Go on as the administrator who has just been entered."""
    email, password = str(form.get("administrator-email", "")).strip(), str(form.get("password", ""))
    result = await dependencies.auth.sign_in(request, email, password)
    response = RedirectResponse("/", status_code=303)
    if result.session_secret:
        dependencies.auth.set_session_cookie(response, result.session_secret)
    return response
