"""Responses that refuse a request: GraphQL errors on the endpoints, plain text elsewhere."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response

from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES

GRAPHQL_PATHS = frozenset({"/graphql", "/portal/graphql", "/graphql/stream", "/portal/graphql/stream"})


def preferred_language(accept_language: str) -> str:
    """Return the supported language a browser prefers; German when it names none."""
    ranked = []
    for part in accept_language.lower().split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), tag[:2]))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(ranked, key=lambda item: item[0]) if tag in LANGUAGES), "de")


def translate_params(language: str, key: str, params: Mapping[str, object]) -> str:
    """Return a sentence of the catalogue with its placeholders filled."""
    return i18n.translate(language, key, **dict[str, Any](params))


def request_id(connection: HTTPConnection) -> str:
    """Return the id of this request, as the logs name it."""
    return str(connection.scope.get("state", {}).get("request_id", ""))


def error_response(
    connection: HTTPConnection,
    status: int,
    code: str,
    key: str,
    *,
    headers: Mapping[str, str] | None = None,
    **params: object,
) -> Response:
    """Return a response with one sentence in the client's language; `key` is below `api.`."""
    language = preferred_language(connection.headers.get("accept-language", ""))
    message = translate_params(language, f"api.{key}", params)
    if connection.scope["path"] not in GRAPHQL_PATHS:
        return PlainTextResponse(message, status, headers=headers)
    error = graphql_error(message, code, request_id(connection))
    return json_response({"errors": [error]}, status, headers=headers)


def graphql_error(message: str, code: str, request: str) -> dict[str, object]:
    """Return one top-level GraphQL error with its code and request id."""
    return {"message": message, "extensions": {"code": code, "requestId": request}}


def json_response(content: object, status: int = 200, *, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON response."""
    return Response(json.dumps(content), status, headers=headers, media_type="application/json")
