"""Reading GraphQL requests; a malformed one is refused before anything runs."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import FieldNode, GraphQLError, OperationDefinitionNode, OperationType, parse
from starlette.datastructures import Headers
from starlette.types import Receive

from api.error_responses import RequestRefused
from api.middleware.body_limit import MAX_BODY_BYTES
from schema.execution.limits import MAX_TOKENS

OPERATIONS = ("query", "mutation", "subscription")
SECOND_ANONYMOUS_OPERATION = re.compile(r"\}\s*\{")
INTROSPECTION_FIELDS = frozenset({"__schema", "__type", "__typename"})
BULK_FIELD = re.compile(r"[a-z]\w*Bulk[A-Z]\w*")


CompleteDocument = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


class BadRequest(RequestRefused):
    """A request cannot be understood."""


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation as it was sent. The document is parsed at most once, and only when a property needs it."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)
    operation_name: str | None = None

    @cached_property
    def operations(self) -> Sequence[OperationDefinitionNode]:
        """The operations of the document; none when it cannot be parsed."""
        try:
            document = parse(self.query, max_tokens=MAX_TOKENS, no_location=True)
        except GraphQLError:
            return ()
        return [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]

    @property
    def is_ambiguous(self) -> bool:
        """Whether none of several operations is named; Strawberry would take the first without an error."""
        if self.operation_name:
            return False
        named = sum(self.query.count(word) for word in OPERATIONS)
        has_anonymous = self.query.lstrip().startswith("{")
        seems_several = named + has_anonymous > 1 or SECOND_ANONYMOUS_OPERATION.search(self.query)
        return bool(seems_several) and len(self.operations) > 1

    @property
    def is_bulk(self) -> bool:
        """Whether the document moves many objects at once; their ids are in its variables."""
        return any(BULK_FIELD.fullmatch(name) for name in self._root_fields())

    @property
    def is_mutation(self) -> bool:
        """Whether the operation to run is a mutation; false for a document that cannot be run at all."""
        named = [each for each in self.operations if not self.operation_name or _name(each) == self.operation_name]
        return any(each.operation is OperationType.MUTATION for each in named)

    @property
    def is_introspection(self) -> bool:
        """Whether the document queries nothing but the schema itself."""
        names = self._root_fields()
        return bool(names) and INTROSPECTION_FIELDS.issuperset(names)

    def _root_fields(self) -> list[str]:
        """The names of all root fields; an empty name stands for a fragment."""
        selections = [each for operation in self.operations for each in operation.selection_set.selections]
        return [each.name.value if isinstance(each, FieldNode) else "" for each in selections]


def _name(operation: OperationDefinitionNode) -> str:
    return operation.name.value if operation.name else ""


async def read_request(headers: Headers, receive: Receive, complete: CompleteDocument) -> GraphQLRequest:
    """Read the body of a POST, its document completed where it is only named. Raises `BadRequest`.

    `BodyLimitMiddleware` checks the length before; up to its larger limit only requests that move many objects pass.
    """
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "only_json")
    body = await _read_body(receive)
    request = validate_request(await complete(parse_content(body)))
    if len(body) > MAX_BODY_BYTES and not request.is_bulk:
        raise BadRequest(413, "PAYLOAD_TOO_LARGE", "body_too_large", limit=MAX_BODY_BYTES)
    return request


def parse_content(body: bytes | str) -> Mapping[str, Any]:
    """Parse one JSON body, which must be an object. Raises `BadRequest`."""
    content = parse_json(body)
    if isinstance(content, list):
        raise BadRequest(422, "BATCHING_NOT_SUPPORTED", "no_batching")
    if not isinstance(content, dict):
        raise BadRequest(422, "BAD_REQUEST", "not_an_object")
    return content


def validate_request(body: Mapping[str, Any]) -> GraphQLRequest:
    """Check the shape of one request: query, variables, operationName, extensions. Raises `BadRequest`."""
    query, variables, name = body.get("query"), body.get("variables"), body.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(422, "BAD_REQUEST", "query_missing")
    if not isinstance(variables, dict | None):
        raise BadRequest(422, "BAD_REQUEST", "variables_not_an_object")
    if not isinstance(name, str | None):
        raise BadRequest(422, "BAD_REQUEST", "operation_name_not_text")
    if not isinstance(body.get("extensions"), dict | None):
        raise BadRequest(422, "BAD_REQUEST", "extensions_not_an_object")
    request = GraphQLRequest(query, variables or {}, name or None)
    if request.is_ambiguous:
        raise BadRequest(422, "BAD_REQUEST", "unknown_operation")
    return request


def parse_json(text: bytes | str) -> Any:
    """Read strict JSON: no NaN, no endless nesting, no broken UTF-8. Raises `BadRequest`."""
    try:
        return _strict_decoder.decode(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError) as error:
        raise BadRequest(400, "MALFORMED_JSON", "malformed_json") from error


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
