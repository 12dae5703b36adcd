"""The route of the ledger's exports: a posting batch or plain CSV of a period, for finance and administrators."""

import asyncio
from collections.abc import Mapping
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.auth.authentication import Authenticator
from api.error_responses import LANGUAGE_KEY, RequestRefused, refusal_response
from api.files.actor import file_actor
from domain.billing.register import READERS
from domain.ledger_export.export import ExportFormat, ExportRefused, ExportRequest, export_ledger
from domain.ledger_export.texts import CODE_PAGE

CHARSETS: Mapping[ExportFormat, str] = {ExportFormat.DATEV: CODE_PAGE, ExportFormat.CSV: "utf-8"}
# So many of one process are made at a time: each holds a session of the database.
MAX_AT_ONCE = 2
RETRY_AFTER_SECONDS = 10
LONGEST_DAYS = 366


class LedgerExports:
    """Answers requests for exports; what others than finance and administrators ask for does not exist."""

    def __init__(self, authenticator: Authenticator, database_url: str) -> None:
        self._authenticator, self._database_url = authenticator, database_url
        self._places = asyncio.Semaphore(MAX_AT_ONCE)

    async def download(self, request: Request) -> Response:
        """The file of a period, `from` and `until` included, in `format`; its checksum is in the audit trail."""
        actor = await file_actor(self._authenticator, request)
        if actor.kind not in READERS:
            raise HTTPException(404)
        wanted = _wanted(request)
        if request.method == "HEAD":
            return Response(media_type=_media_type(wanted), headers={"Cache-Control": "no-store"})
        if self._places.locked():
            raise HTTPException(503, headers={"retry-after": str(RETRY_AFTER_SECONDS)})
        async with self._places:
            try:
                made = await export_ledger(self._database_url, wanted, actor.account_id)
            except ExportRefused as refused:
                setattr(request.state, LANGUAGE_KEY, actor.language)
                return refusal_response(request, RequestRefused(409, "EXPORT_REFUSED", refused.reason))
        headers = {
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Content-Length": str(made.size),
            "Cache-Control": "no-store",
            "X-Checksum-SHA256": made.sha256,
        }
        return StreamingResponse(made.portions(), media_type=_media_type(wanted), headers=headers)


def _media_type(wanted: ExportRequest) -> str:
    return f"text/csv; charset={CHARSETS[wanted.format]}"


def _wanted(request: Request) -> ExportRequest:
    """The export that the address names. Raises 400 when it is none."""
    query = request.query_params
    try:
        first, last = (date.fromisoformat(query.get(name, "")) for name in ("from", "until"))
        wanted = ExportRequest(format=ExportFormat(query.get("format", "")), first_day=first, last_day=last)
    except ValueError:
        raise HTTPException(400) from None
    if not 0 <= (last - first).days <= LONGEST_DAYS:
        raise HTTPException(400)
    return wanted
