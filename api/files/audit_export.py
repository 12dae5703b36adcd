"""The route of the export for auditors: a ZIP, made while it is downloaded, for finance and administrators."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.auth.authentication import Authenticator
from api.files.actor import file_actor
from domain.audit_export.export import export, record_export
from domain.audit_export.period import Period
from domain.billing.register import READERS
from domain.database.pools import read_sessions
from domain.files.object_store import ObjectStore
from portal_views.forms.form_parser import read_day

SELECT_ZONE = "SELECT s.zone FROM operator_settings s"
MEDIA_TYPE = "application/zip"
# So many of one process are made at a time: each holds a session of the database.
MAX_AT_ONCE = 2
RETRY_AFTER_SECONDS = 60


class AuditExport:
    """Answers requests for exports; what others than finance and administrators ask for does not exist."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore, database_url: str) -> None:
        self._authenticator, self._store, self._database_url = authenticator, store, database_url
        self._places = asyncio.Semaphore(MAX_AT_ONCE)

    async def download(self, request: Request) -> Response:
        """The archive of a period, `from` and `until` included; recorded in the audit trail."""
        actor = await file_actor(self._authenticator, request)
        if actor.kind not in READERS:
            raise HTTPException(404)
        period = await _period(request)
        headers = {"Content-Disposition": f'attachment; filename="{_name(period)}"', "Cache-Control": "no-store"}
        if request.method == "HEAD":
            return Response(media_type=MEDIA_TYPE, headers=headers)
        if self._places.locked():
            raise HTTPException(503, headers={"retry-after": str(RETRY_AFTER_SECONDS)})
        await record_export(actor.account_id, period)
        return StreamingResponse(self._archive(period), media_type=MEDIA_TYPE, headers=headers)

    async def _archive(self, period: Period) -> AsyncIterator[bytes]:
        async with self._places, aclosing(export(self._database_url, self._store, period)) as portions:
            async for portion in portions:
                yield portion


async def _period(request: Request) -> Period:
    """The period that the address names. Raises 400 when it is none."""
    query = request.query_params
    try:
        first, last = (read_day(query.get(name, "")) for name in ("from", "until"))
    except ValueError:
        raise HTTPException(400) from None
    period = Period(first_day=first, last_day=last, zone=(await read_sessions().fetchrow(SELECT_ZONE))["zone"])
    if not period.is_sensible:
        raise HTTPException(400)
    return period


def _name(period: Period) -> str:
    return f"export-{period.first_day.isoformat()}-{period.last_day.isoformat()}.zip"
