"""Download of everything that is stored about a person, as one JSON document."""

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal_views.forms.detail_page import path_id
from portal_views.web.page_context import Endpoint, Handler, PageContext, PageDependencies, sign_in_redirect


def personal_data_of(kind: str) -> Handler:
    """The data of an `account` or a `contact`, for administrators."""

    async def handler(context: PageContext) -> Response:
        return await _download(context.dependencies, context.request, kind, path_id(context))

    return handler


def own_personal_data(dependencies: PageDependencies) -> Endpoint:
    """The data of the visitor; 404 while they view the portal as a customer."""

    async def endpoint(request: Request) -> Response:
        visitor = await dependencies.auth.visitor(request)
        if visitor is None:
            return sign_in_redirect(request)
        return await _download(dependencies, request, "own", "")

    return endpoint


async def _download(dependencies: PageDependencies, request: Request, kind: str, external_id: str) -> Response:
    document = await dependencies.accounts.personal_data(request, kind, external_id)
    if document is None:
        raise HTTPException(404)
    headers = {"content-disposition": 'attachment; filename="personal-data.json"', "cache-control": "no-store"}
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return Response(text, media_type="application/json", headers=headers)
