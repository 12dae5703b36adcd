"""Two writers of one upload, stalled and killed ones: what counts is what was stored under the current fence."""

import hashlib

import pytest
from tortoise import connections

from domain.commands import compose_waiting_files
from domain.uploads import leases
from domain.uploads.leases import Hindrance, Lease, LeaseLost, Part, Upload
from domain.uploads.model import File, FileState
from domain.uploads.receiver import PART_BYTES, BodyEnd
from tests.makers.files import CONTENT, an_upload, receive, the_store
from tests.makers.parties import a_member, acting_for_member
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
AGE = "UPDATE files SET leased_until = leased_until - interval '{seconds} seconds' WHERE id = $1"


async def taken(upload: Upload) -> Lease:
    lease = await leases.take(upload, upload.received)
    assert isinstance(lease, Lease)
    return lease


async def found(content: bytes = CONTENT) -> Upload:
    member = acting_for_member(await a_member())
    file = await an_upload(member, content)
    upload = await leases.find_upload(member, file.id)
    assert upload is not None
    return upload


async def test_a_second_writer_waits_while_bytes_arrive() -> None:
    upload = await found()
    await taken(upload)

    await leases.preempt_stalled(upload.id)

    assert await leases.take(upload, 0) is Hindrance.BUSY


@pytest.mark.parametrize("seconds", [4, 11])
async def test_a_stalled_writer_makes_way_and_stores_nothing_more(seconds: int) -> None:
    upload = await found()
    stalled = await taken(upload)
    await connections.get("default").execute_query(AGE.format(seconds=seconds), [upload.id])
    await leases.preempt_stalled(upload.id)

    lease = await taken(upload)

    with pytest.raises(LeaseLost):
        await leases.count(stalled, [Part(0, 3)])
    with pytest.raises(LeaseLost):
        await leases.renew(stalled)
    assert await leases.count(lease, [Part(0, 3)]) == 3


async def test_what_was_counted_outlives_its_writer() -> None:
    content = bytes(range(256)) * 4096 * 9
    member = acting_for_member(await a_member())
    file = await an_upload(member, content)

    cut = await receive(file, member, content[: PART_BYTES + 5])
    rest = await receive(file, member, content[PART_BYTES + 5 :])
    await compose_waiting_files(the_store())

    await file.refresh_from_db()
    assert (cut, rest, file.parts) == (BodyEnd.COMPLETE, BodyEnd.COMPLETE, 3)
    assert (file.state, file.sha256) == (FileState.FINISHED, hashlib.sha256(content).hexdigest())


async def test_more_than_was_announced_is_not_stored() -> None:
    member = acting_for_member(await a_member())
    file = await an_upload(member, b"abc")

    end = await receive(file, member, b"abcd")

    assert end is BodyEnd.TOO_LONG
    assert (await File.get()).received == 0
