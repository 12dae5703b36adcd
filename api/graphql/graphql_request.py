"""Reading and validating GraphQL requests; malformed ones are refused before execution."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode, GraphQLError, OperationDefinitionNode, parse
from starlette.datastructures import Headers
from starlette.types import Receive

from api.middleware.body_limit import MAX_BODY_BYTES

OPERATIONS = ("query", "mutation", "subscription")
SECOND_ANONYMOUS_OPERATION = re.compile(r"\}\s*\{")
BULK_FIELD = re.compile(r"[a-z]\w*Bulk[A-Z]\w*")
MAX_TOKENS = 1_000


class BadRequest(Exception):
    """A request that cannot be understood: an HTTP status, a stable code and the key of a sentence."""

    def __init__(self, status: int, code: str, sentence: str, **params: object) -> None:
        super().__init__(code)
        self.status, self.code, self.message_key, self.params = status, code, sentence, params


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation as the client sent it."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)
    operation_name: str | None = None


async def read_request(headers: Headers, receive: Receive) -> GraphQLRequest:
    """Read the body of a POST. Raises `BadRequest`.

    The middleware checks the absolute limit; only operations on many objects may exceed `MAX_BODY_BYTES`.
    """
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "only_json")
    body = await _read_body(receive)
    request = parse_request(body)
    if len(body) > MAX_BODY_BYTES and not _is_bulk(request.query):
        raise BadRequest(413, "PAYLOAD_TOO_LARGE", "body_too_large", limit=MAX_BODY_BYTES)
    return request


def parse_request(body: bytes | str) -> GraphQLRequest:
    """Parse one JSON body. Raises `BadRequest`."""
    content = parse_json(body)
    if isinstance(content, list):
        raise BadRequest(400, "BATCHING_NOT_SUPPORTED", "no_batching")
    if not isinstance(content, dict):
        raise BadRequest(400, "BAD_REQUEST", "not_an_object")
    return validate_request(content)


def validate_request(body: dict[str, Any]) -> GraphQLRequest:
    """Check the shape of one request: query, variables, operationName, extensions. Raises `BadRequest`."""
    query, variables, name = body.get("query"), body.get("variables"), body.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(400, "BAD_REQUEST", "query_missing")
    if not isinstance(variables, dict | None):
        raise BadRequest(400, "BAD_REQUEST", "variables_not_an_object")
    if not isinstance(name, str | None):
        raise BadRequest(400, "BAD_REQUEST", "operation_name_not_text")
    if not isinstance(body.get("extensions"), dict | None):
        raise BadRequest(400, "BAD_REQUEST", "extensions_not_an_object")
    if not name and _is_ambiguous(query):
        raise BadRequest(400, "BAD_REQUEST", "unknown_operation")
    return GraphQLRequest(query, variables or {}, name or None)


def parse_json(text: bytes | str) -> Any:
    """Read strict JSON: no NaN, no endless nesting, no broken UTF-8. Raises `BadRequest`."""
    try:
        return _strict_decoder.decode(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError) as error:
        raise BadRequest(400, "MALFORMED_JSON", "malformed_json") from error


def _is_ambiguous(query: str) -> bool:
    """Whether a document has several operations; Strawberry would silently take the first."""
    named = sum(query.count(word) for word in OPERATIONS)
    seems_several = named + query.lstrip().startswith("{") > 1 or SECOND_ANONYMOUS_OPERATION.search(query)
    return bool(seems_several) and len(_operations(query)) > 1


def _is_bulk(query: str) -> bool:
    """Whether a document makes moves of many objects at once; what it names them by is in its variables."""
    selected = [field for each in _operations(query) for field in each.selection_set.selections]
    return any(isinstance(field, FieldNode) and BULK_FIELD.fullmatch(field.name.value) for field in selected)


def _operations(query: str) -> list[OperationDefinitionNode]:
    """The operations of a document; none when it cannot be parsed."""
    try:
        document = parse(query, max_tokens=MAX_TOKENS, no_location=True)
    except GraphQLError:
        return []
    return [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_strict_decoder = json.JSONDecoder(parse_constant=_reject_constant)


async def _read_body(receive: Receive) -> bytes:
    received = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BadRequest(400, "BAD_REQUEST", "malformed_json")
        received += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(received)
