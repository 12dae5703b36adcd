"""The routes of files. A file that its visitor may not see is answered as one that does not exist."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.auth.authentication import Authenticator, request_credential
from api.dependencies import Dependencies
from api.files.downloads import FileDownloads
from api.files.form_uploads import FORM_PATH, FormUploads
from api.files.uploads import UPLOADS_PATH, TusUploads
from domain.billing.documents.draft_print import print_draft
from domain.billing.documents.files import DocumentKind
from domain.billing.documents.stored_files import StoredFile, visible_file
from domain.files.object_store import ObjectStore, object_store
from domain.kernel.actors import Actor
from domain.kernel.ids import internal_or_none

INVOICE_PREFIX = "inv"
KINDS = {"pdf": DocumentKind.PDF, "xrechnung": DocumentKind.XRECHNUNG}
# What a file says is never run, not even by a browser that shows it.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
SHOWN = frozenset({DocumentKind.PDF.media_type})


def file_routes(dependencies: Dependencies) -> list[BaseRoute]:
    """Documents of invoices, the print of a draft, and uploaded files."""
    store = object_store(dependencies.settings.storage_url)
    files = InvoiceFiles(dependencies.authenticator, store)
    uploads, downloads = TusUploads(dependencies.authenticator, store), FileDownloads(dependencies.authenticator, store)
    forms = FormUploads(dependencies.authenticator, store)
    return [
        Route(FORM_PATH, forms.upload, methods=["POST"]),
        Route(UPLOADS_PATH, uploads.collection, methods=["POST", "OPTIONS"]),
        Route(UPLOADS_PATH + "/{id}", uploads.upload, methods=["HEAD", "PATCH", "DELETE", "POST", "OPTIONS"]),
        Route("/files/{id}", downloads.download, methods=["GET"]),
        Route("/files/invoices/{id}/draft", files.draft, methods=["GET"]),
        Route("/files/invoices/{id}/{kind}", files.document, methods=["GET"]),
    ]


class InvoiceFiles:
    """Answers requests for files of invoices, by session, bearer token or mailed link."""

    def __init__(self, authenticator: Authenticator, store: ObjectStore) -> None:
        self._authenticator, self._store = authenticator, store

    async def document(self, request: Request) -> Response:
        """A stored file, byte by byte as it was sent."""
        kind = KINDS.get(request.path_params["kind"])
        if kind is None:
            raise HTTPException(404)
        file = await visible_file(self._store, await self._actor(request), _invoice_id(request), kind)
        return _answer(file)

    async def draft(self, request: Request) -> Response:
        """The print of a draft as it is now, with a watermark; it is not stored."""
        return _answer(await print_draft(await self._actor(request), _invoice_id(request)))

    async def _actor(self, request: Request) -> Actor:
        principal = await self._authenticator.authenticate(request_credential(request.headers))
        if principal is None or principal.must_change_password or principal.must_add_second_factor:
            raise HTTPException(404)
        return principal.actor


def _invoice_id(request: Request) -> UUID:
    invoice_id = internal_or_none(INVOICE_PREFIX, request.path_params["id"])
    if invoice_id is None:
        raise HTTPException(404)
    return invoice_id


def _answer(file: StoredFile | None) -> Response:
    if file is None:
        raise HTTPException(404)
    place = "inline" if file.media_type in SHOWN else "attachment"
    headers = {
        "Content-Disposition": f'{place}; filename="{file.name}"',
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": FILE_POLICY,
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
