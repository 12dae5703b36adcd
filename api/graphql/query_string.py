"""Reading the GraphQL request of a GET: queries and subscriptions only, and never on a cookie's authority alone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers

from api.graphql.graphql_request import BadRequest, CompleteDocument, GraphQLRequest, parse_json, validate_request

# A page of another site can send none of these without a preflight, which only allowed origins pass.
PREFLIGHT_HEADERS = ("graphql-preflight", "apollo-require-preflight", "x-requested-with")
JSON_PARAMETERS = frozenset({"variables", "extensions"})


def require_preflight(headers: Headers) -> None:
    """Raise `BadRequest` for a GET that a page of another site could have caused."""
    if not any(headers.get(name) for name in PREFLIGHT_HEADERS):
        raise BadRequest(403, "CSRF_HEADER_MISSING", "csrf_header_missing", header=PREFLIGHT_HEADERS[0])


async def parse_query_string(query_string: bytes, complete: CompleteDocument) -> GraphQLRequest:
    """The request of a URL's query. Raises `BadRequest`, also for a mutation."""
    request = validate_request(await complete(_parameters(query_string)))
    if request.is_mutation:
        raise BadRequest(405, "METHOD_NOT_ALLOWED", "mutation_needs_post", headers={"allow": "POST"})
    return request


def _parameters(query_string: bytes) -> Mapping[str, Any]:
    try:
        given = dict(parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise BadRequest(400, "BAD_REQUEST", "malformed_query_string") from error
    return {
        name: parse_json(text) if name in JSON_PARAMETERS and text else text or None for name, text in given.items()
    }
