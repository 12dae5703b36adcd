"""The download of acceptance records. What a visitor may not have is answered as what does not exist."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.auth.authentication import Authenticator, Principal, request_credential
from api.dependencies import Dependencies
from domain.acceptance_records.stored_documents import visible_document
from domain.files.object_store import ObjectStore, object_store
from domain.kernel.ids import internal_or_none
from domain.uploads.names import content_disposition
from domain.uploads.signed_links import is_signed_for, named_link

DELIVERY_PREFIX = "del"
# Nothing in a document runs, not even when a browser is made to show it.
SANDBOX = "sandbox; default-src 'none'"


def acceptance_record_route(dependencies: Dependencies) -> Route:
    """The one route of acceptance records."""
    store = object_store(dependencies.settings.storage_url)
    records = AcceptanceRecords(dependencies.authenticator, store)
    return Route("/files/acceptances/{id}", records.download, methods=["GET"])


class AcceptanceRecords:
    """Answers requests for records by links that are signed for a viewer: a session, a token or a mailed link."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore) -> None:
        self._authenticator, self._store = authenticator, store

    async def download(self, request: Request) -> Response:
        """The stored PDF, byte by byte as it was made."""
        delivery_id = internal_or_none(DELIVERY_PREFIX, request.path_params["id"])
        principal = await self._viewer(request, delivery_id) if delivery_id else None
        if delivery_id is None or principal is None:
            raise HTTPException(404)
        file = await visible_document(self._store, principal.actor, delivery_id)
        if file is None:
            raise HTTPException(404)
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": content_disposition(file.name),
            "Content-Security-Policy": SANDBOX,
            "Referrer-Policy": "no-referrer",
        }
        return Response(file.content, media_type=file.media_type, headers=headers)

    async def _viewer(self, request: Request, delivery_id: UUID) -> Principal | None:
        """The visitor for whom the link was signed."""
        named = request.query_params
        link_id = named_link(named.get("link", ""))
        if link_id is not None:
            principal = await self._authenticator.authenticate_review_link(link_id)
        else:
            principal = await self._authenticator.authenticate(request_credential(request.headers))
        if principal is None or principal.must_change_password or principal.must_add_second_factor:
            return None
        until, signature = named.get("until", ""), named.get("signature", "")
        return principal if is_signed_for(principal.actor, delivery_id, until=until, signature=signature) else None
