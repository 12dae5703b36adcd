"""Download of everything that is stored about a person: as one JSON document, or as a page to read."""

import json
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal_views.forms.detail_page import path_id
from portal_views.web.page_context import Endpoint, Handler, PageContext, PageDependencies, sign_in_redirect
from portal_views.web.renderer import render

# The dependencies, the request, whose data it is, and their identifier.
Download = Callable[[PageDependencies, Request, str, str], Awaitable[Response]]


def personal_data_of(kind: str, download: Download) -> Handler:
    """The data of an `account` or a `contact`, for administrators."""

    async def handler(context: PageContext) -> Response:
        return await download(context.dependencies, context.request, kind, path_id(context))

    return handler


def own_personal_data(dependencies: PageDependencies, download: Download) -> Endpoint:
    """The data of the visitor; 404 while they view the portal as a customer."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        return await download(dependencies, request, "own", "")

    return endpoint


async def as_json(dependencies: PageDependencies, request: Request, kind: str, external_id: str) -> Response:
    """One document for other programs."""
    document = await dependencies.accounts.personal_data(request, kind, external_id)
    if document is None:
        raise HTTPException(404)
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _attached(Response(text, media_type="application/json"), "personal-data.json")


async def as_page(dependencies: PageDependencies, request: Request, kind: str, external_id: str) -> Response:
    """The same in the person's language, as one file that any browser shows and prints."""
    data = await dependencies.accounts.readable_personal_data(request, kind, external_id)
    if data is None:
        raise HTTPException(404)
    return _attached(render("personal_data/statement.html", data.language, data=data), "personal-data.html")


def _attached(response: Response, name: str) -> Response:
    response.headers["content-disposition"] = f'attachment; filename="{name}"'
    response.headers["cache-control"] = "no-store"
    return response
