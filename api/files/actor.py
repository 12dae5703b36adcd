"""The actor that requests a file: by session, bearer token or mailed link, and the one that a link was signed for."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.auth.authentication import Authenticator, Principal, request_credential
from domain.kernel.actors import Actor
from domain.uploads.signed_links import is_signed_for, named_link


async def file_actor(authenticator: Authenticator, request: Request) -> Actor:
    """The actor; 404 for those who are not signed in, or have to change something about their account first."""
    return _ready_actor(await authenticator.authenticate(request_credential(request.headers)))


async def signed_viewer(authenticator: Authenticator, request: Request, subject: str) -> Actor:
    """The visitor for whom the address was signed, by their session, token or the mailed link that it names.

    404 for all others, and for an address that was not signed for this subject or has expired.
    """
    named = request.query_params
    link_id = named_link(named.get("link", ""))
    if link_id is None:
        actor = await file_actor(authenticator, request)
    else:
        actor = _ready_actor(await authenticator.authenticate_file_link(link_id))
    if not is_signed_for(actor, subject, until=named.get("until", ""), signature=named.get("signature", "")):
        raise HTTPException(404)
    return actor


def _ready_actor(principal: Principal | None) -> Actor:
    if principal is None or principal.must_change_password or principal.must_add_second_factor:
        raise HTTPException(404)
    return principal.actor
