"""This site as passkeys know it, from the public address; browsers accept a host's name, but no IP address."""

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request

from domain.accounts.second_factors.passkeys import RelyingParty
from settings import Settings

DEVELOPMENT_HOST = "localhost"


def relying_party(settings: Settings, request: Request) -> RelyingParty | None:
    """The relying party of a request, or None where passkeys do not work.

    In development it is `localhost` at the port that the browser has opened; otherwise the public address.
    """
    if settings.in_development and request.url.hostname == DEVELOPMENT_HOST:
        return RelyingParty(DEVELOPMENT_HOST, f"{request.url.scheme}://{request.url.netloc}")
    parts = urlsplit(settings.base_url)
    host = parts.hostname or ""
    if _is_ip_address(host) or host != request.url.hostname:
        return None
    return RelyingParty(host, f"{parts.scheme}://{parts.netloc}")


def passkey_address(settings: Settings, request: Request) -> str:
    """The address at which passkeys work: in development `localhost` at the same port."""
    if settings.in_development and _is_ip_address(request.url.hostname or ""):
        port = f":{request.url.port}" if request.url.port else ""
        return f"{request.url.scheme}://{DEVELOPMENT_HOST}{port}"
    return settings.base_url


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
