"""Previews: drawn of images and first pages, in a process with limits; what cannot be drawn harms nobody."""

import io
import struct
import zlib
from datetime import timedelta

import pikepdf
import pytest
from PIL import Image

from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.uploads.keys import preview_key
from domain.uploads.model import File, FilePreview, PreviewState
from domain.uploads.previews import drawing
from domain.uploads.previews.worker import draw_waiting_previews
from domain.uploads.sweep import sweep_storage
from tests.makers.files import a_file, left_behind, the_store
from tests.makers.parties import a_member, acting_for_member
from tests.makers.time import berlin

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("empty_storage")]


def an_image(kind: str, mode: str = "RGB", size: tuple[int, int] = (1200, 600), color: str = "navy") -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, color).save(written, kind)
    return written.getvalue()


def a_pdf(*sizes: tuple[int, int]) -> bytes:
    written, pdf = io.BytesIO(), pikepdf.new()
    for size in sizes:
        pdf.add_blank_page(page_size=size)
    pdf.save(written)
    return written.getvalue()


def a_bomb() -> bytes:
    """A PNG of a few bytes that says to be 100,000 pixels wide and high."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


async def the_member() -> Actor:
    return acting_for_member(await a_member())


async def drawn(content: bytes) -> Image.Image:
    """The preview of a file with this content."""
    file = await a_file(await the_member(), content)
    assert await draw_waiting_previews(the_store()) == 1
    return Image.open(io.BytesIO(await the_store().content(preview_key(file.id))))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_an_image_is_drawn_small(kind: str) -> None:
    preview = await drawn(an_image(kind))

    assert (preview.format, preview.size) == ("JPEG", (640, 320))


async def test_what_is_transparent_is_white() -> None:
    preview = await drawn(an_image("PNG", "RGBA", (10, 10), "#00000000"))

    assert preview.size == (10, 10)
    assert preview.getpixel((5, 5)) == (255, 255, 255)


async def test_the_first_page_of_a_pdf_is_drawn() -> None:
    preview = await drawn(a_pdf((300, 600), (600, 300)))

    assert (preview.format, preview.size) == ("JPEG", (320, 640))


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n and nothing more", b"%PDF-1.7\n and nothing more", b"GIF89a", a_bomb()],
    ids=["png", "pdf", "gif", "bomb"],
)
async def test_what_cannot_be_drawn_has_no_preview(content: bytes) -> None:
    file = await a_file(await the_member(), content)

    assert await draw_waiting_previews(the_store()) == 0

    preview = await FilePreview.get(file_id=file.id)
    assert (preview.state, preview.attempts) == (PreviewState.FAILED, 1)
    assert await left_behind() == [f"files/{file.id}"]


async def test_drawing_ends_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "PATIENCE_SECONDS", 0.001)
    file = await a_file(await the_member(), an_image("PNG"))

    assert await draw_waiting_previews(the_store()) == 0

    assert (await FilePreview.get(file_id=file.id)).state is PreviewState.FAILED


async def test_other_files_have_none() -> None:
    await a_file(await the_member(), b"Plain text.")

    assert await FilePreview.all().count() == 0


async def test_a_preview_goes_with_its_file() -> None:
    member = await the_member()
    file = await a_file(member, an_image("PNG"))
    await draw_waiting_previews(the_store())

    await execute(Command(noun="upload", move="cancel", subject_id=file.id), member)

    assert await left_behind() == []
    assert await File.all().count() == await FilePreview.all().count() == 0


async def test_the_sweep_removes_a_preview_that_no_row_knows() -> None:
    await the_store().write_piece("previews/01a22c4c-958c-7570-911e-b1265a84db8d", b"stray")

    assert await sweep_storage(the_store(), timedelta(0)) == 1
