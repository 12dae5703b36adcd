"""Prometheus metrics of requests, responses and refusals; shown locally or to holders of the token."""

import hmac
import ipaddress
from functools import cache

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from settings import Settings

REQUESTS = Counter("werkstand_http_requests", "Answered requests.", ["method", "status"])
REQUEST_SECONDS = Histogram(
    "werkstand_http_request_seconds",
    "Time until the answer was complete.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
OPERATIONS = Counter("werkstand_graphql_operations", "GraphQL operations by the way they took.", ["schema", "way"])
FAULTS = Counter("werkstand_faults", "Unexpected errors that were masked.")
RATE_LIMITED = Counter("werkstand_rate_limited", "Requests refused by a rate limit.", ["limit"])

request_counter = cache(REQUESTS.labels)
operation_counter = cache(OPERATIONS.labels)


def metrics_response(settings: Settings, request: Request) -> Response:
    """Answer in the format of Prometheus; in production only locally or with the token, else as if absent."""
    if not may_read_metrics(settings, request):
        return PlainTextResponse("Not Found", 404)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def may_read_metrics(settings: Settings, request: Request) -> bool:
    """Whether the metrics are shown to this client."""
    return settings.in_development or _has_token(settings, request) or _is_local(request)


def _has_token(settings: Settings, request: Request) -> bool:
    token = settings.metrics_token.get_secret_value()
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(shown.encode(), token.encode())


def _is_local(request: Request) -> bool:
    """Return whether the client is on this machine and is not a proxy for another client."""
    if request.client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
