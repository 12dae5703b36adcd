"""The route of draft prints: the PDFs of several drafts in one ZIP, as they are now, with a watermark."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.auth.authentication import Authenticator
from api.files.actor import file_actor
from domain.billing.documents.draft_print import MAX_DRAFTS, archive_of_drafts, snapshots_to_print
from domain.billing.documents.drafts import Snapshot
from domain.invoice_runs.draft_prints import drafts_of_run
from domain.kernel.actors import Actor
from domain.kernel.ids import internal_or_none

INVOICE_PREFIX, RUN_PREFIX = "inv", "ivr"
MEDIA_TYPE = "application/zip"
HEADERS = {"Content-Disposition": 'attachment; filename="drafts.zip"', "Cache-Control": "private, no-store"}


# The process that renders is one: more archives side by side would only wait for each other.
MAX_AT_ONCE = 2
RETRY_AFTER_SECONDS = 30


class DraftPrints:
    """Answers requests for all drafts of the `run` in the query of the address, or those that `invoice` names there."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator
        self._places = asyncio.Semaphore(MAX_AT_ONCE)

    async def download(self, request: Request) -> Response:
        """404 where the visitor sees none of them as a draft; 400 for too many, or what is no identifier."""
        drafts = _wanted(request, await file_actor(self._authenticator, request))
        first = await anext(drafts, None)
        if first is None:
            raise HTTPException(404)
        if request.method == "HEAD":
            await drafts.aclose()
            return Response(media_type=MEDIA_TYPE, headers=HEADERS)
        if self._places.locked():
            await drafts.aclose()
            raise HTTPException(503, headers={"retry-after": str(RETRY_AFTER_SECONDS)})
        return StreamingResponse(self._archive(first, drafts), media_type=MEDIA_TYPE, headers=HEADERS)

    async def _archive(self, first: Snapshot, others: AsyncGenerator[Snapshot]) -> AsyncIterator[bytes]:
        async with self._places, aclosing(others), aclosing(archive_of_drafts(_all(first, others))) as portions:
            async for portion in portions:
                yield portion


async def _all(first: Snapshot, others: AsyncIterator[Snapshot]) -> AsyncIterator[Snapshot]:
    yield first
    async for each in others:
        yield each


def _wanted(request: Request, actor: Actor) -> AsyncGenerator[Snapshot]:
    run = request.query_params.get("run")
    if run is None:
        return snapshots_to_print(actor, _invoice_ids(request))
    run_id = internal_or_none(RUN_PREFIX, run)
    if run_id is None:
        raise HTTPException(400)
    return drafts_of_run(actor, run_id)


def _invoice_ids(request: Request) -> list[UUID]:
    named = [*dict.fromkeys(request.query_params.getlist("invoice"))]
    found = [each for name in named if (each := internal_or_none(INVOICE_PREFIX, name)) is not None]
    if len(found) != len(named) or len(found) > MAX_DRAFTS:
        raise HTTPException(400)
    return found
