"""Downloads of acceptance records by signed links. What a visitor may not have is answered as what does not exist."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.auth.authentication import Authenticator
from api.files.actor import signed_viewer
from domain.acceptance_records.stored_documents import visible_document
from domain.files.object_store import ObjectStore
from domain.kernel.ids import internal_or_none
from domain.uploads.names import content_disposition
from domain.uploads.signed_links import record_subject

DELIVERY_PREFIX = "del"
# Nothing in a document runs, not even when a browser is made to show it.
SANDBOX = "sandbox; default-src 'none'"


class AcceptanceRecords:
    """Answers requests for the record of a delivery's acceptance."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore) -> None:
        self._authenticator, self._store = authenticator, store

    async def download(self, request: Request) -> Response:
        """The stored PDF, byte by byte as it was made."""
        delivery_id = internal_or_none(DELIVERY_PREFIX, request.path_params["id"])
        if delivery_id is None:
            raise HTTPException(404)
        actor = await signed_viewer(self._authenticator, request, record_subject(delivery_id))
        file = await visible_document(self._store, actor, delivery_id)
        if file is None:
            raise HTTPException(404)
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": content_disposition(file.name),
            "Content-Security-Policy": SANDBOX,
            "Referrer-Policy": "no-referrer",
        }
        return Response(file.content, media_type=file.media_type, headers=headers)
