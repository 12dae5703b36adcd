"""Uploads by tus 1.0.0: opened, continued at their offset, and stopped. Bytes flow through and are never collected."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.auth.authentication import Authenticator, request_credential
from api.files import tus_headers, tus_requests
from api.files.tus_headers import ALWAYS, CAPABILITIES, OFFSET_MEDIA_TYPE, MalformedHeader
from domain.commands import execute
from domain.engine.commands import Command
from domain.files.object_store import ObjectStore, StorageUnavailable
from domain.kernel import i18n
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refused
from domain.kernel.ids import external, internal_or_none
from domain.uploads import leases
from domain.uploads.leases import Hindrance, Lease, Upload
from domain.uploads.model import FileState
from domain.uploads.receiver import BodyEnd, Receiver

UPLOADS_PATH = "/files/uploads"
FILE_PREFIX = "fil"
LOCKED, CHECKSUM_MISMATCH = 423, 460
STATUS_OF_CODE = {Code.NOT_FOUND: 404, Code.FORBIDDEN: 403, Code.LIMIT_EXCEEDED: 413}
STATUS_OF_HINDRANCE = {
    Hindrance.WRONG_OFFSET: 409,
    Hindrance.BUSY: LOCKED,
    Hindrance.TOO_MANY_PARTS: 413,
}
STATUS_OF_END = {
    BodyEnd.COMPLETE: 204,
    BodyEnd.BROKEN: 400,
    BodyEnd.STALLED: 408,
    BodyEnd.LEASE_LOST: LOCKED,
    BodyEnd.TOO_LONG: 413,
    BodyEnd.WRONG_CHECKSUM: CHECKSUM_MISMATCH,
}

log = structlog.get_logger()


class _Answered(Exception):
    """The request is answered by a status without anything being done."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.headers = status, headers or {}


class TusUploads:
    """Answers the requests of tus clients, by session or bearer token."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore) -> None:
        self._authenticator, self._store = authenticator, store

    async def collection(self, request: Request) -> Response:
        """Open an upload, or name what this server can do."""
        return await self._respond(request, {"POST": self._create})

    async def upload(self, request: Request) -> Response:
        """One upload."""
        handlers = {"HEAD": self._offset, "PATCH": self._continue, "DELETE": self._terminate}
        return await self._respond(request, handlers)

    async def _respond(
        self, request: Request, handlers: Mapping[str, Callable[[Request, Actor], Awaitable[Response]]]
    ) -> Response:
        method = request.headers.get("x-http-method-override", request.method).upper()
        if method == "OPTIONS":
            return Response(status_code=204, headers=ALWAYS | CAPABILITIES)
        try:
            if method not in handlers:
                raise _Answered(405)
            if request.headers.get("tus-resumable") != tus_headers.VERSION:
                raise _Answered(412, {"Tus-Version": tus_headers.VERSION})
            actor = await self._actor(request)
            response = await handlers[method](request, actor)
        except _Answered as answered:
            response = Response(status_code=answered.status, headers=answered.headers)
        except StorageUnavailable:
            log.exception("the storage takes nothing")
            response = Response(status_code=503, headers={"Retry-After": "5"})
        except MalformedHeader as malformed:
            response = JSONResponse({"code": "BAD_REQUEST", "message": f"Malformed header: {malformed}"}, 400)
        response.headers.update(ALWAYS)
        return response

    async def _actor(self, request: Request) -> Actor:
        principal = await self._authenticator.authenticate(request_credential(request.headers))
        if principal is None:
            raise _Answered(401)
        if principal.must_change_password or principal.must_add_second_factor or principal.actor.read_only:
            raise _Answered(403)
        return principal.actor

    async def _create(self, request: Request, actor: Actor) -> Response:
        """A new upload, with the first bytes where the request brings some."""
        try:
            outcome = await execute(
                Command(noun="upload", move="create", input=tus_requests.new_upload(request)), actor
            )
        except Refused as refused:
            return _refused(refused, actor)
        file_id = outcome.subject_id
        headers = {
            "Location": f"{UPLOADS_PATH}/{external(FILE_PREFIX, file_id)}",
            "Upload-Expires": tus_headers.expires(),
        }
        if request.headers.get("content-type") != OFFSET_MEDIA_TYPE:
            return Response(status_code=201, headers=headers)
        upload = await _found(actor, file_id)
        checksum, lease = tus_requests.checksum(request), await _lease(upload, 0)
        receiver = Receiver(store=self._store, lease=lease, offset=0, size=upload.size, checksum=checksum)
        end = await receiver.receive(tus_requests.chunks_of(request))
        status = 201 if end is BodyEnd.COMPLETE else STATUS_OF_END[end]
        return Response(status_code=status, headers=headers | {"Upload-Offset": str(receiver.offset)})

    async def _offset(self, request: Request, actor: Actor) -> Response:
        """How much has arrived. A writer to whom nothing comes any more makes way."""
        file_id = _file_id(request)
        await _found(actor, file_id)
        await leases.preempt_stalled(file_id)
        upload = await _found(actor, file_id)
        headers = {
            "Upload-Offset": str(upload.received),
            "Upload-Length": str(upload.size),
            "Upload-Metadata": tus_headers.write_metadata({"filename": upload.name}),
        }
        return Response(status_code=200, headers=headers)

    async def _continue(self, request: Request, actor: Actor) -> Response:
        """More bytes, from the offset on that the client names."""
        if request.headers.get("content-type") != OFFSET_MEDIA_TYPE:
            raise _Answered(415)
        offset, checksum = tus_headers.whole_number(request.headers, "upload-offset"), tus_requests.checksum(request)
        upload = await _found(actor, _file_id(request))
        if upload.received != offset:
            raise _Answered(409)
        if upload.is_complete:
            return Response(status_code=204, headers={"Upload-Offset": str(offset)})
        if offset + tus_requests.declared_length(request) > upload.size:
            raise _Answered(413)
        lease = await _lease(upload, offset)
        receiver = Receiver(store=self._store, lease=lease, offset=offset, size=upload.size, checksum=checksum)
        end = await receiver.receive(tus_requests.chunks_of(request))
        headers = {"Upload-Offset": str(receiver.offset), "Upload-Expires": tus_headers.expires()}
        if end is not BodyEnd.COMPLETE:
            headers["Connection"] = "close"
        return Response(status_code=STATUS_OF_END[end], headers=headers)

    async def _terminate(self, request: Request, actor: Actor) -> Response:
        """Stop the upload: its bytes are removed, and a writer that is still busy stores nothing more."""
        upload = await _found(actor, _file_id(request))
        try:
            await execute(Command(noun="upload", move="cancel", subject_id=upload.id), actor)
        except Refused as refused:
            return _refused(refused, actor)
        return Response(status_code=204)


def _file_id(request: Request) -> UUID:
    file_id = internal_or_none(FILE_PREFIX, request.path_params["id"])
    if file_id is None:
        raise _Answered(404)
    return file_id


async def _found(actor: Actor, file_id: UUID) -> Upload:
    """An upload of the actor's own; one that has been stopped or has expired is gone."""
    upload = await leases.find_upload(actor, file_id)
    if upload is None or upload.state is FileState.REMOVED:
        raise _Answered(404)
    return upload


async def _lease(upload: Upload, offset: int) -> Lease:
    taken = await leases.take(upload, offset)
    if isinstance(taken, Hindrance):
        raise _Answered(STATUS_OF_HINDRANCE[taken])
    return taken


def _refused(refused: Refused, actor: Actor) -> Response:
    """The first refusal as a sentence, with the numbers that it names."""
    refusal = refused.refusals[0]
    message = i18n.translate(actor.language, f"reason.{refusal.reason}", **dict[str, Any](refusal.params))
    left = {"left": refusal.params["left_bytes"]} if "left_bytes" in refusal.params else {}
    content = {"code": refusal.code, "message": message, **left}
    return JSONResponse(content, STATUS_OF_CODE.get(refusal.code, 400))
