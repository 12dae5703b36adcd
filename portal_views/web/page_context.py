"""Context of one page request: its visitor and language, the queries it runs and the pages it renders."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.documents.loader import document, next_page_document
from portal_views.web.auth_port import AuthPort, OperationRunner, SchemaName, Visitor
from portal_views.web.formats import Formats
from portal_views.web.renderer import render

JsonObject = dict[str, Any]
COMPLETE_LIST_PREFIX, MAX_PAGES = "every", 100
# The pages' own documents are valid, so these codes concern the variables.
INPUT_ERROR_CODES = {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}


class QueryFailed(Exception):
    """The API answered a page's own document with errors; `codes` are their codes."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(error.get("message", "") for error in errors))
        self.codes = {error.get("extensions", {}).get("code") for error in errors}


@dataclass(frozen=True)
class PageDependencies:
    """Dependencies of every page: the runner of its documents, and the port for authentication."""

    run_operation: OperationRunner
    auth: AuthPort


@dataclass(frozen=True, kw_only=True)
class PageContext:
    """One request of an authenticated visitor. `link_path` is the path of a mailed link, empty in the portal."""

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
        """The address that forms are posted to: this page without its confirmation."""
        return f"?lang={self.language}" if self.link_path else "?"

    async def query(self, document_name: str, **variables: Any) -> JsonObject:
        """The data of a named document; raises QueryFailed.

        Root lists whose alias begins with `every` are options of a form and are loaded completely, up to MAX_PAGES
        pages.
        """
        data = await self.execute(document(self.schema, document_name), variables)
        for key in data:
            if key.startswith(COMPLETE_LIST_PREFIX):
                await self._load_all_pages(document_name, key, data[key])
        return data

    async def execute(self, text: str, variables: Mapping[str, Any]) -> JsonObject:
        """The data of a document given as text; raises QueryFailed."""
        request_id = str(getattr(self.request.state, "request_id", ""))
        answer = await self.dependencies.run_operation(
            self.schema, text, variables, self.visitor.principal, request_id=request_id
        )
        if answer.get("errors"):
            raise QueryFailed(answer["errors"])
        data: JsonObject = answer["data"]
        return data

    async def _load_all_pages(self, name: str, key: str, page: JsonObject) -> None:
        end = page["pageInfo"]
        for _ in range(MAX_PAGES):
            if not end["hasNextPage"]:
                return
            more = (await self.execute(next_page_document(self.schema, name, key), {"after": end["endCursor"]}))[key]
            page["nodes"] += more["nodes"]
            end = more["pageInfo"]

    def render(self, template: str, data: JsonObject, *, status: int = 200, **values: Any) -> Response:
        """A page from a template; `data` must include the fragment PageContext."""
        formats = Formats.of(self.language, data["operator"]["zone"], data["now"])
        return render(template, self.language, status=status, context=self, f=formats, data=data, **values)

    def redirect(self, path: str, **query: str) -> Response:
        """Redirect the browser to another page after a POST."""
        return RedirectResponse(str(URL(path).include_query_params(**query)), status_code=303)


Handler = Callable[[PageContext], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def role_endpoint(dependencies: PageDependencies, handlers: Mapping[str, Handler]) -> Endpoint:
    """An endpoint for signed-in visitors with one handler for each active role; 404 for all other roles."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        if visitor.must_change_password:
            return RedirectResponse("/password", status_code=303)
        handler = handlers.get(visitor.role)
        if handler is None and visitor.impersonation and visitor.impersonation.role in handlers:
            # A page of the impersonator's own role: the banner of the dashboard links to the end of the impersonation.
            return RedirectResponse("/", status_code=303)
        if handler is None:
            raise HTTPException(404)
        await read_form(request)
        context = PageContext(request=request, dependencies=dependencies, visitor=visitor, language=visitor.language)
        return await with_error_responses(handler(context), sign_in_redirect(request))

    return endpoint


async def read_form(request: Request) -> None:
    """Parse a posted form once for all later readers; 400 when it holds files, which no form of the pages sends."""
    if request.method == "POST":
        await request.form(max_files=0)


async def with_error_responses(answer: Awaitable[Response], signed_out: Response) -> Response:
    """The answer of a page, or `signed_out` when the session or link has ended.

    Raises 503 when the API is unavailable, and 400 for invalid variables, such as an invented cursor or choice.
    """
    try:
        return await answer
    except QueryFailed as failed:
        if "UNAUTHENTICATED" in failed.codes:
            return signed_out
        if "UNAVAILABLE" in failed.codes:
            raise HTTPException(503) from failed
        if failed.codes <= INPUT_ERROR_CODES:
            raise HTTPException(400) from failed
        raise


def sign_in_redirect(request: Request) -> Response:
    """Redirect to sign-in, which leads back to the requested page."""
    path = request.url.path
    query = {"next": path} if request.method == "GET" and path != "/" else {}
    return RedirectResponse(str(URL("/sign-in").include_query_params(**query)), status_code=303)


def found_or_404(thing: Any) -> Any:
    """The value, or 404 for None; absent and forbidden look alike."""
    if thing is None:
        raise HTTPException(404)
    return thing
