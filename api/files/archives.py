"""Downloads of all files of a delivery's version at once, by signed links."""

from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.auth.authentication import Authenticator
from api.files.actor import signed_viewer
from domain.database.pools import read_sessions
from domain.files.object_store import ObjectStore
from domain.kernel.ids import internal_or_none
from domain.uploads.archive import archive
from domain.uploads.finished_files import files_of_version
from domain.uploads.names import content_disposition
from domain.uploads.signed_links import archive_subject

DELIVERY_PREFIX = "del"
MEDIA_TYPE = "application/zip"
# A number that the database can hold; no version comes near it.
MAX_NUMBER = 1_000_000
SELECT_NAMES = """SELECT o.number, d.position, s.zone FROM deliveries d JOIN orders o ON o.id = d.order_id,
    operator_settings s WHERE d.id = $1"""


class VersionArchives:
    """Answers requests for archives; those of versions that a visitor may not see do not exist."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore) -> None:
        self._authenticator, self._store = authenticator, store

    async def download(self, request: Request) -> Response:
        """The archive, made while it is sent; its length is not known before."""
        delivery_id = internal_or_none(DELIVERY_PREFIX, request.path_params["id"])
        number: int = request.path_params["number"]
        if delivery_id is None or number > MAX_NUMBER:
            raise HTTPException(404)
        actor = await signed_viewer(self._authenticator, request, archive_subject(delivery_id, number))
        files = await files_of_version(actor, delivery_id, number)
        if not files:
            raise HTTPException(404)
        names = await read_sessions().fetchrow(SELECT_NAMES, delivery_id)
        name = f"{names['number']}-{names['position']}-{number}.zip"
        headers = {"Content-Disposition": content_disposition(name), "Cache-Control": "private, no-store"}
        if request.method == "HEAD":
            return Response(media_type=MEDIA_TYPE, headers=headers)
        portions = archive(self._store, files, datetime.now(ZoneInfo(names["zone"])))
        return StreamingResponse(portions, media_type=MEDIA_TYPE, headers=headers)
