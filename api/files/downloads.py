"""Downloads of uploaded files by signed links. What a visitor may not have is answered as what does not exist."""

from uuid import UUID

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.auth.authentication import Authenticator
from api.files.actor import signed_viewer
from api.files.byte_ranges import ByteRange, UnsatisfiableRange, parse_range
from domain.files.object_store import ObjectStore
from domain.kernel.ids import internal_or_none
from domain.uploads.finished_files import FinishedFile, previewed_file, visible_file
from domain.uploads.keys import file_key, preview_key
from domain.uploads.names import content_disposition
from domain.uploads.signed_links import preview_subject

FILE_PREFIX = "fil"
PREVIEW_TYPE = "image/jpeg"
# Nothing in a file runs, not even when a browser is made to show it.
SANDBOX = "sandbox; default-src 'none'"


class FileDownloads:
    """Answers requests for the bytes of files."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore) -> None:
        self._authenticator, self._store = authenticator, store

    async def download(self, request: Request) -> Response:
        """The whole file or a range of it; 304 and 416 as the headers of the request have it."""
        file = await self._file(request)
        headers = _headers(file)
        if request.headers.get("if-none-match") in (headers["ETag"], "*"):
            return Response(status_code=304, headers=headers)
        try:
            part = _requested_range(request.headers, file, headers["ETag"])
        except UnsatisfiableRange:
            return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{file.size}"})
        return await self._answer(request, file, part, headers)

    async def preview(self, request: Request) -> Response:
        """The small image that pages show beside the name."""
        file_id = _file_id(request)
        actor = await signed_viewer(self._authenticator, request, preview_subject(file_id))
        if await previewed_file(actor, file_id) is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "private, no-store", "Content-Security-Policy": SANDBOX}
        pieces = await self._store.open_stream(preview_key(file_id))
        return StreamingResponse(pieces, headers=headers, media_type=PREVIEW_TYPE)

    async def _answer(
        self, request: Request, file: FinishedFile, part: ByteRange | None, headers: dict[str, str]
    ) -> Response:
        chosen = part or ByteRange(0, file.size)
        headers["Content-Length"] = str(chosen.size)
        if part:
            headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
        status = 206 if part else 200
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers, media_type=file.media_type)
        pieces = await self._store.open_stream(file_key(file.id), chosen.start, chosen.end)
        return StreamingResponse(pieces, status, headers, media_type=file.media_type)

    async def _file(self, request: Request) -> FinishedFile:
        file_id = _file_id(request)
        actor = await signed_viewer(self._authenticator, request, str(file_id))
        file = await visible_file(actor, file_id)
        if file is None:
            raise HTTPException(404)
        return file


def _file_id(request: Request) -> UUID:
    file_id = internal_or_none(FILE_PREFIX, request.path_params["id"])
    if file_id is None:
        raise HTTPException(404)
    return file_id


def _requested_range(headers: Headers, file: FinishedFile, etag: str) -> ByteRange | None:
    """A range of another version of the file would not fit what the client has: it gets the whole."""
    if headers.get("if-range", etag) != etag:
        return None
    return parse_range(headers.get("range"), file.size)


def _headers(file: FinishedFile) -> dict[str, str]:
    return {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": content_disposition(file.name),
        "Content-Security-Policy": SANDBOX,
        "ETag": f'"{file.sha256}"',
        "Referrer-Policy": "no-referrer",
    }
