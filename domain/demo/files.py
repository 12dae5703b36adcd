"""Files of the demo: made here, and uploaded as their member would do it."""

import io
from collections.abc import Sequence
from uuid import UUID

import pikepdf
from PIL import Image, ImageDraw

from domain.commands import compose_waiting_files, execute
from domain.engine.commands import Command
from domain.files.object_store import ObjectStore
from domain.kernel.actors import Actor
from domain.uploads import leases
from domain.uploads.inputs import NewUpload
from domain.uploads.leases import Lease
from domain.uploads.receiver import Chunk, Receiver

PAGE = (595, 842)
PICTURE = (1200, 800)
INK, PAPER, ACCENT = "#1d2433", "#f7f4ee", "#c8553d"


async def upload_files(
    store: ObjectStore, member: Actor, order_id: UUID | None, names: Sequence[str]
) -> tuple[UUID, ...]:
    """Upload a file for each name, a PDF or a picture by its ending; return their ids, in this order."""
    return tuple([await _upload(store, member, order_id, name) for name in names])


async def _upload(store: ObjectStore, member: Actor, order_id: UUID | None, name: str) -> UUID:
    content = a_pdf(name.removesuffix(".pdf")) if name.endswith(".pdf") else a_picture(name)
    entry = NewUpload(name=name, size=len(content), order_id=order_id)
    file_id = (await execute(Command(noun="upload", move="create", input=entry), member)).subject_id
    upload = await leases.find_upload(member, file_id)
    assert upload is not None
    lease = await leases.take(upload, 0)
    assert isinstance(lease, Lease)

    async def body() -> Chunk:
        return Chunk(content, is_last=True)

    await Receiver(store=store, lease=lease, offset=0, size=len(content)).receive(body)
    await compose_waiting_files(store)
    return file_id


def a_pdf(title: str) -> bytes:
    """One page with a title, and bars where text would be."""
    pdf, written = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page(page_size=PAGE)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name("/Helvetica-Bold"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    text = title.encode("cp1252", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    bars = b"".join(b"60 %d %d 8 re f\n" % (660 - 22 * line, 300 + 37 * line % 170) for line in range(24))
    page.obj.Contents = pdf.make_stream(b"BT /F1 28 Tf 60 740 Td (" + text + b") Tj ET\n0.85 g\n" + bars)
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def a_picture(title: str) -> bytes:
    """A picture of boxes under one another, as many as the name has letters up to seven."""
    image = Image.new("RGB", PICTURE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((500, 60, 700, 160), fill=ACCENT)
    for number in range(min(len(title), 7)):
        left = 40 + 165 * number
        draw.line((600, 160, left + 65, 420), fill=INK, width=4)
        draw.rectangle((left, 420, left + 130, 500), fill=INK)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
