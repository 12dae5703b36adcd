"""Media types: the bytes tell them, whatever a file is called."""

import io
import zipfile

import pytest

from domain.uploads.media_types import media_type_of


def an_archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"<script>alert(1)</script>", "text/plain"),
        (b"<svg onload='x'>", "text/plain"),
        (b"MZ\x90\0", "application/vnd.microsoft.portable-executable"),
        ("größer".encode()[:3], "text/plain"),
        (b"\0\1\2\3", "application/octet-stream"),
        (b"\xfe\xfe\xfe\xfe\xfe", "application/octet-stream"),
        (b"", "application/octet-stream"),
        (an_archive("notes.txt"), "application/zip"),
        (
            an_archive("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_the_first_bytes_tell_the_type(head: bytes, media_type: str) -> None:
    assert media_type_of(head) == media_type
