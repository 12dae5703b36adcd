"""The site as passkeys know it: the public host by name, and localhost in development."""

import pytest
from starlette.requests import Request

from api.auth.relying_party import passkey_address, relying_party
from domain.accounts.second_factors.passkeys import RelyingParty
from settings import Environment, Settings

PORTAL = RelyingParty("portal.example", "https://portal.example")


@pytest.mark.parametrize(
    ("base_url", "host", "site"),
    [
        ("https://portal.example", "portal.example", PORTAL),
        ("https://portal.example", "another.example", None),
        ("https://portal.example", "localhost:8000", None),
        ("https://192.0.2.1", "192.0.2.1", None),
    ],
)
def test_production_has_passkeys_at_its_public_name_only(base_url: str, host: str, site: RelyingParty | None) -> None:
    settings = Settings.model_construct(environment=Environment.PRODUCTION, base_url=base_url)

    assert relying_party(settings, a_request(host)) == site


def test_development_has_passkeys_at_localhost_whatever_the_port() -> None:
    settings = Settings.model_construct(base_url="http://127.0.0.1:8000")

    assert relying_party(settings, a_request("localhost:9000")) == RelyingParty("localhost", "http://localhost:9000")
    assert relying_party(settings, a_request("127.0.0.1:9000")) is None
    assert passkey_address(settings, a_request("127.0.0.1:9000")) == "http://localhost:9000"


def a_request(host: str) -> Request:
    return Request({"type": "http", "scheme": "http", "path": "/", "headers": [(b"host", host.encode())]})
