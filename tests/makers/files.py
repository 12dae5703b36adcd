"""Uploaded files for tests: opened, received and put together as clients, API and scheduler do it."""

from datetime import timedelta
from hashlib import sha256

import settings
from domain.commands import compose_waiting_files, execute
from domain.engine.commands import Command
from domain.files.object_store import ObjectStore
from domain.kernel.actors import CLOCK, Actor
from domain.uploads import leases
from domain.uploads.inputs import FoundVirus, NewUpload, StoredContent
from domain.uploads.keys import FILES, PARTS, PREVIEWS
from domain.uploads.leases import Lease
from domain.uploads.model import File
from domain.uploads.receiver import BodyEnd, Chunk, Receiver
from domain.uploads.sweep import remove_superfluous, sweep_storage

CONTENT = b"The workshop's slides."


def the_store() -> ObjectStore:
    """The storage of this worker."""
    return ObjectStore(settings.load().storage_url)


async def an_upload(by: Actor, content: bytes = CONTENT, *, name: str = "slides.txt") -> File:
    """A file of which no byte has arrived."""
    entry = NewUpload(name=name, size=len(content))
    outcome = await execute(Command(noun="upload", move="create", input=entry), by)
    return await File.get(id=outcome.subject_id)


async def a_file(by: Actor, content: bytes = CONTENT, *, name: str = "slides.txt", finished: bool = True) -> File:
    """A file whose bytes have all arrived, put together unless it is not to be finished."""
    file = await an_upload(by, content, name=name)
    assert await receive(file, by, content) is BodyEnd.COMPLETE
    if finished:
        await compose_waiting_files(the_store())
    await file.refresh_from_db()
    return file


async def hold_for_check(file: File) -> None:
    """Let a file that has arrived wait for its check for viruses."""
    entry = StoredContent(sha256=sha256(CONTENT).hexdigest(), media_type="text/plain")
    await execute(Command(noun="upload", move="holdForCheck", subject_id=file.id, input=entry), CLOCK)


async def quarantine(file: File) -> None:
    """Let a virus be found in a file that waits for its check."""
    entry = FoundVirus(virus_name="Eicar-Test-Signature")
    await execute(Command(noun="upload", move="quarantine", subject_id=file.id, input=entry), CLOCK)


async def receive(file: File, by: Actor, content: bytes) -> BodyEnd:
    """Let bytes arrive where the file ends now, in one body."""
    upload = await leases.find_upload(by, file.id)
    assert upload is not None
    lease = await leases.take(upload, upload.received)
    assert isinstance(lease, Lease)

    async def body() -> Chunk:
        return Chunk(content, is_last=True)

    receiver = Receiver(store=the_store(), lease=lease, offset=upload.received, size=upload.size)
    return await receiver.receive(body)


async def stored_keys() -> list[str]:
    """All objects of uploads in the storage, in their order."""
    store = the_store()
    return sorted(
        [each.key for prefix in (PARTS, FILES, PREVIEWS) async for found in store.list_below(prefix) for each in found]
    )


async def left_behind() -> list[str]:
    """The objects that stay when everything superfluous has been removed."""
    await remove_superfluous(the_store())
    await sweep_storage(the_store(), timedelta(0))
    return await stored_keys()
