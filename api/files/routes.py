"""The routes of files. A file that its visitor may not see is answered as one that does not exist."""

import asyncio
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.auth.authentication import Authenticator
from api.dependencies import Dependencies
from api.files.acceptance_records import AcceptanceRecords
from api.files.actor import file_actor
from api.files.archives import VersionArchives
from api.files.audit_export import AuditExport
from api.files.calendar_feed import CalendarFeed
from api.files.downloads import FileDownloads
from api.files.draft_prints import DraftPrints
from api.files.form_uploads import FORM_PATH, LINK_FORM_PATH, FormUploads
from api.files.ledger_export import LedgerExports
from api.files.uploads import UPLOADS_PATH, TusUploads
from domain.billing.documents.draft_print import print_draft
from domain.billing.documents.files import DocumentKind
from domain.billing.documents.stored_files import StoredFile, visible_file
from domain.calendar_feeds.addresses import PATH as CALENDAR_PATH
from domain.files.object_store import ObjectStore, object_store
from domain.kernel.actors import Actor
from domain.kernel.ids import internal_or_none

INVOICE_PREFIX = "inv"
KINDS = {"pdf": DocumentKind.PDF, "xrechnung": DocumentKind.XRECHNUNG}
# What a file says is never run, not even by a browser that shows it; only our own pages show it in a frame.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
SHOWN = frozenset({DocumentKind.PDF.media_type})


def file_routes(dependencies: Dependencies) -> list[BaseRoute]:
    """Documents of invoices, the prints of drafts, the export for auditors, uploaded files, and calendars."""
    authenticator, store = dependencies.authenticator, object_store(dependencies.settings.storage_url)
    files = InvoiceFiles(authenticator, store)
    audit_export = AuditExport(authenticator, store, dependencies.settings.database_url)
    ledger = LedgerExports(authenticator, dependencies.settings.database_url)
    uploads, downloads = TusUploads(authenticator, store), FileDownloads(authenticator, store)
    forms, archives = FormUploads(authenticator, store), VersionArchives(authenticator, store)
    return [
        Route(CALENDAR_PATH, CalendarFeed(dependencies.settings).read, methods=["GET"]),
        Route(FORM_PATH, forms.upload, methods=["POST"]),
        Route(LINK_FORM_PATH, forms.upload_by_link, methods=["POST"]),
        Route(UPLOADS_PATH, uploads.collection, methods=["POST", "OPTIONS"]),
        Route(UPLOADS_PATH + "/{id}", uploads.upload, methods=["HEAD", "PATCH", "DELETE", "POST", "OPTIONS"]),
        Route("/files/audit-export", audit_export.download, methods=["GET"]),
        Route("/files/ledger-export", ledger.download, methods=["GET"]),
        Route("/files/acceptances/{id}", AcceptanceRecords(authenticator, store).download, methods=["GET"]),
        Route("/files/deliveries/{id}/{number:int}", archives.download, methods=["GET"]),
        Route("/files/invoices/drafts", DraftPrints(authenticator).download, methods=["GET"]),
        Route("/files/{id}", downloads.download, methods=["GET"]),
        Route("/files/{id}/preview", downloads.preview, methods=["GET"]),
        Route("/files/invoices/{id}/draft", files.draft, methods=["GET"]),
        Route("/files/invoices/{id}/zugferd", files.data_of_pdf, methods=["GET"]),
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

    async def data_of_pdf(self, request: Request) -> Response:
        """The electronic invoice inside the stored PDF, for those who import it without the page."""
        file = await visible_file(self._store, await self._actor(request), _invoice_id(request), DocumentKind.PDF)
        if file is None:
            raise HTTPException(404)
        content = await asyncio.to_thread(_embedded_invoice, file.content)
        name = f"{file.name.removesuffix('.pdf')}.xml"
        return _answer(StoredFile(name=name, media_type=DocumentKind.XRECHNUNG.media_type, content=content))

    async def draft(self, request: Request) -> Response:
        """The print of a draft as it is now, with a watermark; it is not stored."""
        return _answer(await print_draft(await self._actor(request), _invoice_id(request)))

    async def _actor(self, request: Request) -> Actor:
        return await file_actor(self._authenticator, request)


def _invoice_id(request: Request) -> UUID:
    invoice_id = internal_or_none(INVOICE_PREFIX, request.path_params["id"])
    if invoice_id is None:
        raise HTTPException(404)
    return invoice_id


def _embedded_invoice(pdf: bytes) -> bytes:
    """Its library is loaded with the first request that needs it."""
    from domain.billing.documents.pdf.conformance import embedded_invoice

    return embedded_invoice(pdf)


def _answer(file: StoredFile | None) -> Response:
    if file is None:
        raise HTTPException(404)
    place = "inline" if file.media_type in SHOWN else "attachment"
    headers = {
        "Content-Disposition": f'{place}; filename="{file.name}"',
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": FILE_POLICY,
        "X-Frame-Options": "SAMEORIGIN",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
