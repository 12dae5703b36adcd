"""GraphiQL, the workbench for queries, mutations and subscriptions: vendored, in development, for the signed-in."""

import json
import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.dependencies import Dependencies
from api.developer.guides import has_guide
from api.graphql.paths import SCHEMA_PATHS
from portal_views.web.page_context import PageContext, role_endpoint
from portal_views.web.renderer import render
from schema.api_schema import SchemaName

EXAMPLES = Path(__file__).parent / "example_queries"
SCRIPTS = (
    "vendor/graphiql/react-18.3.1.min.js",
    "vendor/graphiql/react-dom-18.3.1.min.js",
    "vendor/graphiql/graphql-ws-6.4.2.min.js",
    "vendor/graphiql/graphiql-3.9.0.min.js",
    "developer/graphiql.js",
)
ROLES = ("CUSTOMER", "MEMBER", "STAFF", "FINANCE", "ADMIN")


def graphiql_routes(dependencies: Dependencies) -> list[BaseRoute]:
    """The page `/graphiql`."""
    endpoint = role_endpoint(dependencies.pages, dict.fromkeys(ROLES, workbench))
    return [Route("/graphiql", endpoint, methods=["GET"])]


async def workbench(context: PageContext) -> Response:
    """GraphiQL over the schema of the visitor's active role, with the examples of that schema as tabs."""
    nonce = secrets.token_urlsafe(16)
    response = render(
        "developer/graphiql.html",
        context.language,
        context=context,
        schema=context.schema,
        endpoint=SCHEMA_PATHS[context.schema],
        tabs=json.dumps([{"query": query} for query in example_queries(context.schema)]),
        scripts=SCRIPTS,
        has_guide=has_guide(),
        nonce=nonce,
    )
    response.headers["content-security-policy"] = content_security_policy(context.request, nonce)
    return response


def content_security_policy(request: Request, nonce: str) -> str:
    """What the page may do: use its own files, the API of its own host, and pictures that its style sheet draws.

    Its dialogs add one style element, which carries the nonce.
    """
    socket = f"{'wss' if request.url.scheme == 'https' else 'ws'}://{request.url.netloc}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {socket}",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


@cache
def example_queries(schema: SchemaName) -> Sequence[str]:
    """The documents that the tabs begin with, in the order of their file names."""
    return [path.read_text("utf-8") for path in sorted((EXAMPLES / schema).glob("*.graphql"))]
