"""The same storage, whether it is a folder or a bucket of a real S3 server."""

from collections.abc import AsyncIterator
from hashlib import sha256

import pytest

from domain.billing.documents.model import InvoiceDocument
from domain.billing.documents.stored_files import files_to_send
from domain.billing.model import InvoiceStatus
from domain.commands import compose_waiting_files
from domain.files.object_store import READ_BYTES, DamagedFile, MissingFile, ObjectStore
from domain.uploads.model import FileState
from settings import Settings
from tests.makers.billing import an_invoice, the_operator
from tests.makers.files import a_file, the_store
from tests.makers.parties import a_member, acting_for_member
from tests.makers.time import berlin

LARGE = bytes(range(256)) * (READ_BYTES // 100)


@pytest.fixture
def store(storage: Settings) -> ObjectStore:
    return ObjectStore(storage.storage_url)


async def pieces_of(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1_000_003):
        yield content[start : start + 1_000_003]


async def read(store: ObjectStore, key: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in await store.open_stream(key, start, end)])


async def keys(store: ObjectStore, prefix: str) -> list[str]:
    return [each.key async for found in store.list_below(prefix) for each in found]


async def test_a_large_object_is_read_as_it_was_written(store: ObjectStore) -> None:
    await store.write_stream("files/large", pieces_of(LARGE))

    assert await read(store, "files/large") == LARGE
    assert await store.digest("files/large") == sha256(LARGE).hexdigest()


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (READ_BYTES - 1, READ_BYTES + 1), (5, len(LARGE)), (len(LARGE) - 1, None)]
)
async def test_a_range_of_it_is_read(store: ObjectStore, start: int, end: int | None) -> None:
    await store.write_stream("files/large", pieces_of(LARGE))

    assert await read(store, "files/large", start, end) == LARGE[start:end]


async def test_a_file_is_created_once_and_never_replaced(store: ObjectStore) -> None:
    await store.create("invoices/one.pdf", b"as it was sent")
    await store.create("invoices/one.pdf", b"as it was sent")

    with pytest.raises(DamagedFile):
        await store.create("invoices/one.pdf", b"something else")

    assert await store.content("invoices/one.pdf") == b"as it was sent"


async def test_what_is_not_there_is_missing(store: ObjectStore) -> None:
    await store.write_piece("files/other", b"x")

    with pytest.raises(FileNotFoundError):
        await store.open_stream("files/none")
    with pytest.raises(MissingFile):
        await store.content("files/none")
    await store.delete(["files/none"])


async def test_objects_are_listed_and_removed_below_a_prefix(store: ObjectStore) -> None:
    for key in ("uploads/a/1", "uploads/a/2", "uploads/b/1"):
        await store.write_piece(key, b"x")

    await store.delete_below("uploads/a/")

    assert await keys(store, "uploads/") == ["uploads/b/1"]


async def test_a_stream_that_breaks_off_leaves_no_object(store: ObjectStore) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield LARGE
        raise RuntimeError("the writer fails")

    with pytest.raises(Exception, match="the writer fails"):
        await store.write_stream("files/half", broken())

    assert await keys(store, "files/") == []


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_an_upload_is_put_together(store: ObjectStore) -> None:
    file = await a_file(acting_for_member(await a_member()), LARGE[:9_000_000])
    await compose_waiting_files(the_store())

    assert file.state is FileState.FINISHED
    assert await store.digest(f"files/{file.id}") == file.sha256 == sha256(LARGE[:9_000_000]).hexdigest()


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_the_document_of_an_invoice_is_stored_and_sent(store: ObjectStore) -> None:
    await the_operator()

    billed = await an_invoice(InvoiceStatus.PRINTED)

    stored = await InvoiceDocument.get(invoice_id=billed.invoice.id)
    (file,) = await files_to_send(store, billed.invoice.id)
    assert sha256(file.content).hexdigest() == stored.sha256
    assert stored.key in await keys(store, "invoices/")
