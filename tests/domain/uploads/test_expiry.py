"""Uploads that end: by the clock, by their member, and never while something needs the file."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.commands import compose_waiting_files, execute, fire_due_deadlines
from domain.deliveries.inputs import DeliveryDraft
from domain.deliveries.model import DeliveryStatus
from domain.engine.commands import Command
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.errors import Refused
from domain.uploads.keys import part_key
from domain.uploads.model import File, FilePart, FileState
from domain.uploads.sweep import remove_superfluous, sweep_storage
from settings import Settings
from tests.makers.deliveries import a_delivery
from tests.makers.files import CONTENT, a_file, an_upload, receive, stored_keys, the_store
from tests.makers.parties import a_member, acting_for_member
from tests.makers.time import berlin, the_clock_shows

START = berlin(2026, 4, 1, 10)
pytestmark = [pytest.mark.frozen_clock(START), pytest.mark.usefixtures("empty_storage")]


async def test_an_upload_without_a_byte_for_a_day_leaves_nothing_behind() -> None:
    member = acting_for_member(await a_member())
    file = await an_upload(member)
    await the_clock_shows(START + timedelta(hours=20))
    await receive(file, member, CONTENT[:5])

    await the_clock_shows(START + timedelta(hours=43, minutes=59))
    await fire_due_deadlines()
    early = await File.get()
    await the_clock_shows(START + timedelta(hours=44))
    await fire_due_deadlines()
    await remove_superfluous(the_store())

    assert early.state is FileState.UPLOADING
    assert await File.all().count() == await FilePart.all().count() == 0
    assert await stored_keys() == []


async def test_a_complete_upload_does_not_expire_before_it_is_put_together() -> None:
    member = acting_for_member(await a_member())
    await a_file(member, finished=False)

    await the_clock_shows(START + timedelta(hours=30))
    await fire_due_deadlines()
    await compose_waiting_files(the_store())

    assert (await File.get()).state is FileState.FINISHED


async def test_a_finished_file_is_kept_while_it_is_attached_and_seven_days_when_not() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    attached, loose = [await a_file(case.around.by_member) for _ in range(2)]
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=(attached.id,)))

    await the_clock_shows(START + timedelta(days=7))
    await fire_due_deadlines()
    await remove_superfluous(the_store())

    assert [file.id for file in await File.all()] == [attached.id]
    assert await stored_keys() == [f"files/{attached.id}"]
    assert loose.id != attached.id


async def test_a_file_that_is_taken_out_of_a_draft_expires_again() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    file = await a_file(case.around.by_member)
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=(file.id,)))
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=()))

    (deadline,) = await Deadline.filter(subject_id=file.id, state=DeadlineState.PENDING)

    assert deadline.due_at == START + timedelta(days=7)


async def test_an_attached_file_is_not_removed() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    file = await a_file(case.around.by_member)
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=(file.id,)))

    with pytest.raises(Refused, match="file_is_attached"):
        await execute(Command(noun="upload", move="cancel", subject_id=file.id), case.around.by_member)


async def test_the_parts_of_a_finished_file_are_removed() -> None:
    file = await a_file(acting_for_member(await a_member()))

    await remove_superfluous(the_store())

    assert await FilePart.all().count() == 0
    assert await stored_keys() == [f"files/{file.id}"]


async def test_the_sweep_removes_what_no_row_knows_and_nothing_else() -> None:
    member, store = acting_for_member(await a_member()), the_store()
    kept, removed = await a_file(member, finished=False), await a_file(member, finished=False)
    await execute(Command(noun="upload", move="cancel", subject_id=removed.id), member)
    await remove_superfluous(store)
    await store.write_piece(part_key(removed.id, 0, 9), b"late")
    await store.write_piece("files/nothing", b"stray")

    young = await sweep_storage(store)
    settled = await sweep_storage(store, timedelta(0))

    assert (young, settled) == (0, 2)
    assert await stored_keys() == [part_key(kept.id, 0, 1)]


async def test_the_sweep_removes_what_a_killed_writer_left_in_the_folder(settings: Settings) -> None:
    path = an_interrupted_object(settings)

    await sweep_storage(the_store())
    young = path.exists()
    await sweep_storage(the_store(), timedelta(seconds=-1))

    assert (young, path.exists()) == (True, False)


def an_interrupted_object(settings: Settings) -> Path:
    path = Path(settings.storage_url.removeprefix("file://"), "files", "unfinished#1")
    path.parent.mkdir(exist_ok=True)
    path.touch()
    return path
