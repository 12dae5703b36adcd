"""Compression of pages and of what they are made of."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

# Documents and uploads are compressed already, or asked for in ranges.
UNCOMPRESSED_PATHS = ("/files/", "/live", "/metrics")
MINIMUM_BYTES, LEVEL = 1_000, 6


class PageCompression:
    """Compresses answers by gzip for clients that accept it, but for files."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressed = GZipMiddleware(app, minimum_size=MINIMUM_BYTES, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and not scope["path"].startswith(UNCOMPRESSED_PATHS)
        await (self._compressed if is_page else self._plain)(scope, receive, send)
