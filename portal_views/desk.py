"""One visit to the portal: who is there, in which language, what they ask for and what is shown to them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal_views.documents import document, rest_of
from portal_views.formats import Formats
from portal_views.gate import Execute, Gate, SchemaName, Visitor
from portal_views.rendering import render

Data = dict[str, Any]
EVERY, MOST_PAGES = "every", 100
# A page's own documents are valid, so these speak of what was put into them.
OF_THE_INPUT = {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}


class AskFailed(Exception):
    """The API answered a page's own document with an error: our fault, or a session that just ended."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(error.get("message", "") for error in errors))
        self.codes = {error.get("extensions", {}).get("code") for error in errors}


@dataclass(frozen=True)
class Desk:
    """What every page works with: `execute` runs its documents, `gate` recognises its visitors."""

    execute: Execute
    gate: Gate


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request of somebody recognised. `home` is the one page of a mailed link, empty in the portal."""

    request: Request
    desk: Desk
    visitor: Visitor
    language: str
    home: str = ""

    @property
    def schema(self) -> SchemaName:
        return "portal" if self.visitor.role == "CUSTOMER" else "operations"

    @property
    def here(self) -> str:
        """Where forms are sent: this page, without what it said was done."""
        return f"?lang={self.language}" if self.home else "?"

    async def ask(self, name: str, **variables: Any) -> Data:
        """The data of a named document; raises AskFailed.

        Root lists whose alias begins with `every` are for people to choose from, who may want the last of thousands:
        they are read to their end.
        """
        data = await self.run(document(self.schema, name), variables)
        for key in data:
            if key.startswith(EVERY):
                await self._read_to_the_end(name, key, data[key])
        return data

    async def run(self, text: str, variables: Mapping[str, Any]) -> Data:
        """The data of a document given as text; raises AskFailed."""
        answer = await self.desk.execute(self.schema, text, variables, self.visitor.actor)
        if answer.get("errors"):
            raise AskFailed(answer["errors"])
        data: Data = answer["data"]
        return data

    async def _read_to_the_end(self, name: str, key: str, page: Data) -> None:
        end = page["pageInfo"]
        for _ in range(MOST_PAGES):
            if not end["hasNextPage"]:
                return
            more = (await self.run(rest_of(self.schema, name, key), {"after": end["endCursor"]}))[key]
            page["nodes"] += more["nodes"]
            end = more["pageInfo"]

    def page(self, template: str, data: Data, *, status: int = 200, **facts: Any) -> Response:
        """A page; `data` carries the frame (the API's clock and the operator) beside what is shown."""
        formats = Formats.of(self.language, data["operator"]["zone"], data["now"])
        return render(template, self.language, status=status, visit=self, f=formats, data=data, **facts)

    def see_other(self, path: str, **query: str) -> Response:
        """Send the browser to another page after something was done."""
        return RedirectResponse(str(URL(path).include_query_params(**query)), status_code=303)


Handler = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def for_roles(desk: Desk, handlers: Mapping[str, Handler]) -> Endpoint:
    """An endpoint for those signed in, each active role with its own handler; 404 for all other roles."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.gate.visitor(request)
        if visitor is None:
            return to_sign_in(request)
        if visitor.must_change_password:
            return RedirectResponse("/password", status_code=303)
        handler = handlers.get(visitor.role)
        if handler is None and visitor.view and visitor.view.role in handlers:
            # One's own page, asked for while looking at the portal: the banner there says how to get back.
            return RedirectResponse("/", status_code=303)
        if handler is None:
            raise HTTPException(404)
        await read_texts(request)
        visit = Visit(request=request, desk=desk, visitor=visitor, language=visitor.language)
        return await answered(handler(visit), to_sign_in(request))

    return endpoint


async def read_texts(request: Request) -> None:
    """Read a posted form, once for all who ask for it; 400 when it holds files, which none of ours sends."""
    if request.method == "POST":
        await request.form(max_files=0)


async def answered(answer: Awaitable[Response], signed_out: Response) -> Response:
    """The answer of a page, or `signed_out` when the session or link ended meanwhile.

    What no form and no link of ours sends, a made-up cursor or choice, is refused as malformed.
    """
    try:
        return await answer
    except AskFailed as failed:
        if "UNAUTHENTICATED" in failed.codes:
            return signed_out
        if "UNAVAILABLE" in failed.codes:
            raise HTTPException(503) from failed
        if failed.codes <= OF_THE_INPUT:
            raise HTTPException(400) from failed
        raise


def to_sign_in(request: Request) -> Response:
    """Ask for sign-in and come back to the page that was asked for."""
    asked = request.url.path
    query = {"next": asked} if request.method == "GET" and asked != "/" else {}
    return RedirectResponse(str(URL("/sign-in").include_query_params(**query)), status_code=303)


def found(thing: Any) -> Any:
    """What was found; absent and forbidden look alike."""
    if thing is None:
        raise HTTPException(404)
    return thing
