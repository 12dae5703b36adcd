"""The visitor, client and cookie of a page request."""

from starlette.requests import Request

from api.auth.authentication import SESSION_COOKIE, Authenticator, Credential, Principal
from api.auth.rate_limits import client_address
from domain.accounts.authentication.clients import Client, describe_client


async def page_principal(request: Request, authenticator: Authenticator) -> Principal | None:
    """Return the principal of the session cookie, looked up once a request."""
    if not hasattr(request.state, "seen"):
        secret = session_secret(request)
        credential = Credential("session", secret) if secret else None
        request.state.seen = await authenticator.authenticate(credential)
    seen: Principal | None = request.state.seen
    return seen


def page_client(request: Request) -> Client:
    """Return device and network of a request, shortened."""
    return describe_client(request.headers.get("user-agent", ""), client_address(request))


def session_secret(request: Request) -> str | None:
    """Return the secret in the session cookie, or None."""
    return request.cookies.get(SESSION_COOKIE) or None
