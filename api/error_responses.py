"""Answers that refuse a request: in GraphQL's shape on its endpoints, as plain text elsewhere."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response

from api.graphql.paths import GRAPHQL_PATHS
from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES


class RequestRefused(Exception):
    """A request is not answered: an HTTP status, a stable code, and the key of a sentence below `api.`."""

    def __init__(
        self, status: int, code: str, message_key: str, *, headers: Mapping[str, str] | None = None, **params: object
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message_key = status, code, message_key
        self.headers, self.params = headers, params


def preferred_language(accept_language: str) -> str:
    """German or English, by the browser's own order; German when it names neither."""
    ranked = []
    for part in accept_language.lower().split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), tag[:2]))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(ranked, key=lambda item: item[0]) if tag in LANGUAGES), "de")


def translate_params(language: str, key: str, params: Mapping[str, object]) -> str:
    """A sentence of the catalogue with its placeholders filled."""
    return i18n.translate(language, key, **dict[str, Any](params))


def request_id(connection: HTTPConnection) -> str:
    """The id of this request in the logs."""
    return str(connection.scope.get("state", {}).get("request_id", ""))


def refusal_response(connection: HTTPConnection, refused: RequestRefused) -> Response:
    """The answer to a refused request."""
    return error_response(
        connection, refused.status, refused.code, refused.message_key, headers=refused.headers, **refused.params
    )


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


def graphql_error(message: str, code: str, request_id: str) -> dict[str, object]:
    """One top-level error as the API writes it."""
    return {"message": message, "extensions": {"code": code, "requestId": request_id}}


def json_response(content: object, status: int = 200, *, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON response."""
    return Response(json.dumps(content), status, headers=headers, media_type="application/json")
