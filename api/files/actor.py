"""The actor that requests a file: by session, bearer token or mailed link."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.auth.authentication import Authenticator, request_credential
from domain.kernel.actors import Actor


async def file_actor(authenticator: Authenticator, request: Request) -> Actor:
    """The actor; 404 for those who are not signed in, or have to change something about their account first."""
    principal = await authenticator.authenticate(request_credential(request.headers))
    if principal is None or principal.must_change_password or principal.must_add_second_factor:
        raise HTTPException(404)
    return principal.actor
