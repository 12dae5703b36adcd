"""Layers that pages need and requests to the GraphQL endpoints pass by."""

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.graphql.paths import GRAPHQL_PATHS


class PageLayers:
    """The application within the layers of pages; the GraphQL endpoints reach it without them."""

    def __init__(self, app: ASGIApp, *, layers: Sequence[Middleware]) -> None:
        self.app = self.with_layers = app
        for cls, args, kwargs in reversed(layers):
            self.with_layers = cls(self.with_layers, *args, **kwargs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_graphql = scope.get("path") in GRAPHQL_PATHS
        await (self.app if is_graphql else self.with_layers)(scope, receive, send)
