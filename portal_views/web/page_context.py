"""The context of one page request: the visitor, the language, the API's answers and the rendered page."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.documents.loader import document
from portal_views.web.flash import with_notice
from portal_views.web.formats import Formats
from portal_views.web.ports.account import AccountPort
from portal_views.web.ports.auth import AuthPort, OperationRunner, SchemaName, Visitor
from portal_views.web.ports.security import SecondStepPort, SecurityPort
from portal_views.web.ports.setup import SetupPort
from portal_views.web.ports.system import SystemPort
from portal_views.web.renderer import render
from portal_views.web.site import SitePort
from portal_views.words.catalogue import LANGUAGES

JsonObject = dict[str, Any]
# The pages' own documents are valid, so these codes refer to the variables that a request brought along.
INPUT_ERROR_CODES = {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}


class QueryFailed(Exception):
    """The API answered a page's own document with errors: a fault of ours, or a session that just ended."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(error.get("message", "") for error in errors))
        self.codes = {error.get("extensions", {}).get("code") for error in errors}


class Submitted(Protocol):
    """A form that is shown again; without errors it was not refused, only shown with more rows or a preview."""

    @property
    def errors(self) -> Sequence[object]: ...


@dataclass(frozen=True)
class PageDependencies:
    """What every page needs: `run_operation` runs its documents, `auth` recognises its visitors.

    `accounts` lets people change their own accounts, `security` secures them, `second_step` is for those who are
    signing in, `setup` sets up an installation without any, `system` reports on its parts, `site` reads what every
    page shows of the operator.
    """

    run_operation: OperationRunner
    auth: AuthPort
    accounts: AccountPort
    setup: SetupPort
    system: SystemPort
    site: SitePort
    security: SecurityPort
    second_step: SecondStepPort


@dataclass(frozen=True, kw_only=True)
class PageContext:
    """One request of a recognised visitor. `link_path` is the path of a mailed link, empty in the portal."""

    request: Request
    dependencies: PageDependencies
    visitor: Visitor
    language: str
    link_path: str = ""

    @property
    def schema(self) -> SchemaName:
        return "portal" if self.visitor.role == "CUSTOMER" else "operations"

    @property
    def form_action(self) -> str:
        """The address that forms are posted to: this page without its query, a mailed link with its language."""
        return f"?lang={self.language}" if self.link_path else "?"

    async def query(self, document_name: str, **variables: Any) -> JsonObject:
        """Return the data of a named document; raises QueryFailed."""
        return await self.execute(document(self.schema, document_name), variables)

    async def execute(self, text: str, variables: Mapping[str, Any]) -> JsonObject:
        """Return the data of a document given as text; raises QueryFailed."""
        request_id = str(getattr(self.request.state, "request_id", ""))
        result = await self.dependencies.run_operation(
            self.schema, text, variables, self.visitor.principal, request_id=request_id
        )
        if result.get("errors"):
            raise QueryFailed(result["errors"])
        data: JsonObject = result["data"]
        return data

    def formats(self, data: JsonObject) -> Formats:
        """The formats for the instant and the zone that the API reported with `data`."""
        return Formats.of(self.language, data["operator"]["zone"], data["now"])

    def render(
        self,
        template: str,
        data: JsonObject,
        *,
        submitted: Submitted | None = None,
        status: int | None = None,
        **values: Any,
    ) -> Response:
        """Render a page from `data`, which carries the instant, the operator's zone and their name as well.

        The status is 422 for a form that was refused and 200 otherwise, unless given.
        """
        refused = submitted is not None and bool(submitted.errors)
        return render(
            template,
            self.language,
            status=status or (422 if refused else 200),
            context=self,
            formats=self.formats(data),
            data=data,
            submitted=submitted,
            **values,
        )

    def redirect(self, path: str, *, done: str = "", **query: str) -> Response:
        """Send the browser to another page after a form was carried out; that page tells what was `done`."""
        response = RedirectResponse(str(URL(path).include_query_params(**query)), status_code=303)
        return with_notice(response, done) if done else response


Handler = Callable[[PageContext], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def role_endpoint(dependencies: PageDependencies, handlers: Mapping[str, Handler], *, max_files: int = 0) -> Endpoint:
    """An endpoint for signed-in visitors with a handler for each active role; 404 for all other roles."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.must_change_password:
            return RedirectResponse("/password", status_code=303)
        if visitor.must_add_second_factor:
            return RedirectResponse("/security", status_code=303)
        handler = handlers.get(visitor.role)
        if handler is None and visitor.impersonation and visitor.impersonation.role in handlers:
            # A page of the impersonator's own role: the banner on the first page offers the way back to it.
            return RedirectResponse("/", status_code=303)
        if handler is None:
            raise HTTPException(404)
        await read_form(request, max_files=max_files)
        context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
        return await with_error_responses(handler(context), sign_in_redirect(request))

    return endpoint


async def read_form(request: Request, *, max_files: int = 0) -> None:
    """Read a posted form once, so that every handler finds it parsed; 400 when it holds more files than `max_files`."""
    if request.method == "POST":
        await request.form(max_files=max_files)


async def with_error_responses(response: Awaitable[Response], signed_out: Response) -> Response:
    """The response of a page, or `signed_out` when the session or link ended meanwhile.

    Raises HTTPException: 400 for variables that no form and no link of ours sends, 503 while the API is unavailable.
    """
    try:
        return await response
    except QueryFailed as failed:
        if {"UNAUTHENTICATED", "WRONG_ENDPOINT"} & failed.codes:
            return signed_out
        if "UNAVAILABLE" in failed.codes:
            raise HTTPException(503) from failed
        if failed.codes <= INPUT_ERROR_CODES:
            raise HTTPException(400) from failed
        raise


def sign_in_redirect(request: Request) -> Response:
    """Redirect to the sign-in page, which leads back to the page that was requested, with its search and its filter."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    query = {"next": path} if request.method == "GET" and path != "/" else {}
    return RedirectResponse(str(URL("/sign-in").include_query_params(**query)), status_code=303)


def address_language(request: Request, otherwise: str) -> str:
    """The language that the address names, if the pages know it."""
    named = request.query_params.get("lang", "")
    return named if named in LANGUAGES else otherwise


def found_or_404(value: Any) -> Any:
    """The value, unless it is None; absent and forbidden look alike."""
    if value is None:
        raise HTTPException(404)
    return value
