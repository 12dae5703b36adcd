"""The route of draft prints: the PDFs of several drafts in one ZIP, as they are now, with a watermark."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.auth.authentication import Authenticator
from api.files.actor import file_actor
from domain.billing.documents.draft_print import MAX_DRAFTS, archive_of_drafts, snapshots_to_print
from domain.billing.documents.drafts import Snapshot
from domain.kernel.ids import internal_or_none

INVOICE_PREFIX = "inv"
MEDIA_TYPE = "application/zip"
HEADERS = {"Content-Disposition": 'attachment; filename="drafts.zip"', "Cache-Control": "private, no-store"}


# The process that renders is one: more archives side by side would only wait for each other.
MAX_AT_ONCE = 2
RETRY_AFTER_SECONDS = 30


class DraftPrints:
    """Answers requests for the drafts that `invoice` names, again and again in the query of the address."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator
        self._places = asyncio.Semaphore(MAX_AT_ONCE)

    async def download(self, request: Request) -> Response:
        """404 where the visitor sees none of them as a draft; 400 for too many, or what is no identifier."""
        actor = await file_actor(self._authenticator, request)
        snapshots = await snapshots_to_print(actor, _invoice_ids(request))
        if not snapshots:
            raise HTTPException(404)
        if request.method == "HEAD":
            return Response(media_type=MEDIA_TYPE, headers=HEADERS)
        if self._places.locked():
            raise HTTPException(503, headers={"retry-after": str(RETRY_AFTER_SECONDS)})
        return StreamingResponse(self._archive(snapshots), media_type=MEDIA_TYPE, headers=HEADERS)

    async def _archive(self, snapshots: Sequence[Snapshot]) -> AsyncIterator[bytes]:
        async with self._places, aclosing(archive_of_drafts(snapshots)) as portions:
            async for portion in portions:
                yield portion


def _invoice_ids(request: Request) -> list[UUID]:
    named = [*dict.fromkeys(request.query_params.getlist("invoice"))]
    found = [each for name in named if (each := internal_or_none(INVOICE_PREFIX, name)) is not None]
    if len(found) != len(named) or len(found) > MAX_DRAFTS:
        raise HTTPException(400)
    return found
