"""Health and metrics."""

from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient
from pydantic import SecretStr
from starlette.requests import Request

from api.application import build_application
from api.dependencies import build_dependencies
from api.ops.metrics import metrics_response
from settings import Environment, Settings
from tests.support.site import OWN_SITE, Site, small_schemas

NOBODY_THERE = "redis://127.0.0.1:1/0"
ABROAD = "192.0.2.1"


async def test_a_process_that_answers_is_alive(site: Site) -> None:
    assert (await site.client.get("/health/live")).json() == {"status": "live"}


async def test_a_process_with_all_it_needs_is_ready(site: Site) -> None:
    response = await site.client.get("/health/ready")

    checks = {"database": "ok", "migrations": "ok", "storage": "ok", "redis": "ok"}
    assert (response.status_code, response.json()) == (200, {"status": "ready", "checks": checks})


@pytest.mark.parametrize(("url", "state", "status"), [("", "off", "ready"), (NOBODY_THERE, "unreachable", "degraded")])
async def test_without_redis_it_is_ready_all_the_same(
    settings: Settings, database: str, url: str, state: str, status: str
) -> None:
    dependencies = build_dependencies(settings.model_copy(update={"redis_url": url}), small_schemas())
    async with AsyncClient(transport=ASGITransport(build_application(dependencies)), base_url=OWN_SITE) as client:
        response = await client.get("/health/ready")

    assert (response.status_code, response.json()["status"]) == (200, status)
    assert response.json()["checks"]["redis"] == state


async def test_metrics_count_requests(site: Site) -> None:
    await site.client.get("/health/live")

    assert 'werkstand_http_requests_total{method="GET",status="200"}' in (await site.client.get("/metrics")).text


@pytest.mark.parametrize(
    ("caller", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        (ABROAD, {}, 404),
        ("127.0.0.1", {"x-forwarded-for": ABROAD}, 404),
        (ABROAD, {"authorization": "Bearer the metrics token"}, 200),
        (ABROAD, {"authorization": "Bearer another"}, 404),
        (ABROAD, {"authorization": "Bearer "}, 404),
    ],
)
def test_in_production_metrics_are_for_this_machine_or_the_token(
    settings: Settings, caller: str, headers: dict[str, str], status: int
) -> None:
    changes = {"environment": Environment.PRODUCTION, "metrics_token": SecretStr("the metrics token")}

    assert metrics_response(settings.model_copy(update=changes), a_request(caller, headers)).status_code == status


def a_request(caller: str, headers: dict[str, str]) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "client": (caller, 1234), "headers": raw}
    return Request(scope)
