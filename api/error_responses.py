"""Answers that refuse a request: in GraphQL's shape on its endpoints, as plain text elsewhere."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response

from api.graphql.content_negotiation import MediaType, negotiate
from api.graphql.paths import GRAPHQL_PATHS
from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES

LANGUAGE_KEY = "language"


class RequestRefused(Exception):
    """A request is not answered: an HTTP status, a stable code, and the key of a sentence below `api.`.

    422 is the status of the media type with status codes; clients of plain JSON get `json_status`, 400 by default.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message_key: str,
        *,
        headers: Mapping[str, str] | None = None,
        json_status: int = 400,
        **params: object,
    ) -> None:
        super().__init__(code)
        self.json_status = json_status
        self.status, self.code, self.message_key = status, code, message_key
        self.headers, self.params = headers, params


def preferred_language(accept_language: str) -> str:
    """German or English, by the browser's own order; German when it names neither."""
    return named_language(accept_language) or "de"


def named_language(accept_language: str) -> str | None:
    """German or English, by the client's own order; None when it names neither."""
    ranked = []
    for part in accept_language.lower().split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), tag[:2]))
        except ValueError:
            continue
    ranked.sort(key=lambda item: item[0])
    return next((tag for quality, tag in ranked if quality and tag in LANGUAGES), None)


def request_language(connection: HTTPConnection) -> str:
    """The language of the sender once they are known, else the one that the request names."""
    known: str | None = connection.scope.get("state", {}).get(LANGUAGE_KEY)
    return known or preferred_language(connection.headers.get("accept-language", ""))


def translate_params(language: str, key: str, params: Mapping[str, object]) -> str:
    """A sentence of the catalogue with its placeholders filled."""
    return i18n.translate(language, key, **dict[str, Any](params))


def request_id(connection: HTTPConnection) -> str:
    """The id of this request in the logs."""
    return str(connection.scope.get("state", {}).get("request_id", ""))


def refusal_response(connection: HTTPConnection, refused: RequestRefused) -> Response:
    """The answer to a refused request."""
    status = refused.status
    if status == 422 and not (negotiate(connection.headers.get("accept")) or MediaType.JSON).has_status_codes:
        status = refused.json_status
    return error_response(
        connection, status, refused.code, refused.message_key, headers=refused.headers, **refused.params
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
    message = translate_params(request_language(connection), f"api.{key}", params)
    if connection.scope["path"] not in GRAPHQL_PATHS:
        return PlainTextResponse(message, status, headers=headers)
    error = graphql_error(message, code, request_id(connection))
    return _graphql_error_response(connection, {"errors": [error]}, status, headers)


def _graphql_error_response(
    connection: HTTPConnection, content: object, status: int, headers: Mapping[str, str] | None
) -> Response:
    accepted = negotiate(connection.headers.get("accept"))
    media_type = accepted if accepted is MediaType.GRAPHQL_RESPONSE else MediaType.JSON
    return Response(json.dumps(content), status, headers=headers, media_type=media_type)


def graphql_error(message: str, code: str, request_id: str) -> dict[str, object]:
    """One top-level error as the API writes it."""
    return {"message": message, "extensions": {"code": code, "requestId": request_id}}
