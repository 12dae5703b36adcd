"""Uploads by a plain form, for browsers without scripts: small files, in one request."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from api.auth.authentication import Authenticator, Credential, request_credential
from api.link_visits import query_language
from domain.commands import compose_waiting_files, execute
from domain.engine.commands import Command
from domain.files.object_store import ObjectStore
from domain.kernel import i18n
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.kernel.ids import external, internal_or_none
from domain.uploads import leases
from domain.uploads.inputs import NewUpload
from domain.uploads.leases import Lease
from domain.uploads.receiver import Chunk, Receiver

FORM_PATH, LINK_FORM_PATH = "/files/uploads/form", "/l/{token}/files"
ORDER_PREFIX, CLAIM_PREFIX = "ord", "clm"
MAX_FORM_BYTES, MAX_FILES, FORM_SECONDS = 64_000_000, 20, 300
# Where on the page of an order or a claim the form stands.
PARTS_OF_PAGE = frozenset({"deliveries", "billing", "files", "comments"})
READ_BYTES = 1024 * 1024
# From a form, the order that its files are for, none for a claim, and the page that it stands in.
Destination = Callable[[FormData], tuple[UUID | None, str]]


class FormUploads:
    """Answers the form of the pages of orders and claims by session, and that of a reply link's page by its token."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore) -> None:
        self._authenticator, self._store = authenticator, store

    async def upload(self, request: Request) -> Response:
        """Store the files that the form brings, and lead back to the order or claim that it names."""
        actor = await self._actor(request_credential(request.headers))
        return await self._answer(request, actor, _destination)

    async def upload_by_link(self, request: Request) -> Response:
        """Store the files that the form brings for the order of a reply link, and lead back to the link's page."""
        token = str(request.path_params["token"])
        actor = await self._actor(Credential("link", token))
        language = query_language(request)
        page = f"/l/{token}?lang={language}" if language else f"/l/{token}"
        return await self._answer(request, actor, lambda _form: (actor.order_id, page))

    async def _answer(self, request: Request, actor: Actor, destination: Destination) -> Response:
        _require_bounded(request)
        try:
            async with asyncio.timeout(FORM_SECONDS), request.form(max_files=MAX_FILES, max_fields=5) as form:
                return await self._store_files(form, actor, *destination(form))
        except TimeoutError:
            raise HTTPException(408) from None
        except MultiPartException:
            raise HTTPException(400) from None
        except Refused as refused:
            refusal = refused.refusals[0]
            message = i18n.translate(actor.language, f"reason.{refusal.reason}", **dict[str, Any](refusal.params))
            return PlainTextResponse(message, 413)

    async def _store_files(self, form: FormData, actor: Actor, order_id: UUID | None, page: str) -> Response:
        for file in form.getlist("files"):
            if isinstance(file, UploadFile) and file.size:
                await self._store_file(
                    NewUpload(name=file.filename or "", size=file.size, order_id=order_id), file, actor
                )
        await compose_waiting_files(self._store)
        part = str(form.get("part", ""))
        fragment = f"#{part}" if part in PARTS_OF_PAGE else ""
        return RedirectResponse(f"{page}{fragment}", 303)

    async def _store_file(self, entry: NewUpload, file: UploadFile, actor: Actor) -> None:
        outcome = await execute(Command(noun="upload", move="create", input=entry), actor)
        upload = await leases.find_upload(actor, outcome.subject_id)
        lease = await leases.take(upload, 0) if upload else None
        if upload is None or not isinstance(lease, Lease):
            raise HTTPException(404)
        receiver = Receiver(store=self._store, lease=lease, offset=0, size=upload.size)
        await receiver.receive(_chunks_of(file, upload.size))

    async def _actor(self, credential: Credential | None) -> Actor:
        principal = await self._authenticator.authenticate(credential)
        if principal is None or principal.must_change_password or principal.must_add_second_factor:
            raise HTTPException(404)
        if principal.actor.read_only:
            raise HTTPException(403)
        return principal.actor


def _destination(form: FormData) -> tuple[UUID | None, str]:
    """The order that the files are for, none for a claim; and the page that the form stands in."""
    claim_id = internal_or_none(CLAIM_PREFIX, str(form.get("claim", "")))
    if claim_id is not None:
        return None, f"/claims/{external(CLAIM_PREFIX, claim_id)}"
    order_id = internal_or_none(ORDER_PREFIX, str(form.get("order", "")))
    if order_id is None:
        raise HTTPException(404)
    return order_id, f"/orders/{external(ORDER_PREFIX, order_id)}"


def _require_bounded(request: Request) -> None:
    """Refuse a body whose length is not declared, or too large, before it is read."""
    declared = request.headers.get("content-length", "")
    if not (declared.isascii() and declared.isdigit()):
        raise HTTPException(411)
    if len(declared) > 12 or int(declared) > MAX_FORM_BYTES:
        raise HTTPException(413)


def _chunks_of(file: UploadFile, size: int) -> Callable[[], Awaitable[Chunk]]:
    left = size

    async def read() -> Chunk:
        nonlocal left
        content = await file.read(READ_BYTES)
        left -= len(content)
        return Chunk(content, is_last=left <= 0 or not content)

    return read
