"""The archive is one that others open, however many files it has, and its list never fills the memory."""

import io
import tracemalloc
import zipfile
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from domain.files import zip_stream
from domain.files.zip_stream import ZipStream

AT = datetime(2026, 4, 1, 10, 30, 20)


async def portions(contents: Sequence[bytes]) -> AsyncIterator[bytes]:
    for content in contents:
        yield content


async def archive_of(stored: Sequence[tuple[str, bytes]], streamed: Sequence[tuple[str, list[bytes]]]) -> bytes:
    archive, written = ZipStream(AT), bytearray()
    for name, content in stored:
        written += b"".join(archive.file(name, content))
    for name, contents in streamed:
        written += b"".join([each async for each in archive.stream(name, portions(contents))])
    written += b"".join(archive.end())
    archive.close()
    return bytes(written)


@given(st.binary(max_size=500), st.lists(st.binary(max_size=200), max_size=5))
async def test_files_come_out_as_they_went_in(content: bytes, streamed: list[bytes]) -> None:
    written = await archive_of([("a/ä.pdf", content)], [("b.jsonl", streamed)])

    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["a/ä.pdf", "b.jsonl"]
        assert (opened.read("a/ä.pdf"), opened.read("b.jsonl")) == (content, b"".join(streamed))
        assert opened.infolist()[0].date_time == (2026, 4, 1, 10, 30, 20)


async def test_an_empty_archive_opens() -> None:
    with zipfile.ZipFile(io.BytesIO(await archive_of([], []))) as opened:
        assert opened.namelist() == []


async def test_more_files_than_sixteen_bits_count_are_all_listed(tmp_path: Path) -> None:
    target, archive = tmp_path / "many.zip", ZipStream(AT)
    tracemalloc.start()
    with target.open("wb") as file:
        for number in range(70_000):
            file.writelines(archive.file(f"documents/RE-2026-{number:05}.pdf", b"%d" % number))
        file.writelines(archive.end())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    archive.close()

    with zipfile.ZipFile(target) as opened:
        assert len(opened.namelist()) == 70_000
        assert opened.read("documents/RE-2026-69999.pdf") == b"69999"
    assert most < 4 * zip_stream.MAX_LIST_IN_MEMORY


async def test_a_place_beyond_four_gigabytes_is_found() -> None:
    archive = ZipStream(AT)
    archive._offset = zip_stream.BIG + 10
    b"".join(archive.file("late.pdf", b"content"))

    end = b"".join(archive.end())
    archive.close()

    assert (zip_stream.BIG + 10).to_bytes(8, "little") in end
    assert b"PK\x06\x06" in end
    assert b"PK\x06\x07" in end
