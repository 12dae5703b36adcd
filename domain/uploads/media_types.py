"""The media type of a file by its first bytes; what a client calls it counts for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
# So many bytes tell the type.
HEAD_BYTES = 8_192

# Files of these types, up to this size, are drawn.
PREVIEWED = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
MAX_PREVIEWED_BYTES = 200_000_000


@dataclass(frozen=True)
class Signature:
    """Bytes that files of a type have at an offset."""

    bytes: bytes
    media_type: str
    offset: int = 0


SIGNATURES = (
    Signature(b"%PDF-", "application/pdf"),
    Signature(b"\x89PNG\r\n\x1a\n", "image/png"),
    Signature(b"\xff\xd8\xff", "image/jpeg"),
    Signature(b"GIF87a", "image/gif"),
    Signature(b"GIF89a", "image/gif"),
    Signature(b"WEBP", "image/webp", 8),
    Signature(b"WAVE", "audio/wav", 8),
    Signature(b"AVI ", "video/x-msvideo", 8),
    Signature(b"II*\x00", "image/tiff"),
    Signature(b"MM\x00*", "image/tiff"),
    Signature(b"8BPS", "image/vnd.adobe.photoshop"),
    Signature(b"ftypavif", "image/avif", 4),
    Signature(b"ftypheic", "image/heic", 4),
    Signature(b"ftypqt", "video/quicktime", 4),
    Signature(b"ftypM4A", "audio/mp4", 4),
    Signature(b"ftyp", "video/mp4", 4),
    Signature(b"\x1a\x45\xdf\xa3", "video/webm"),
    Signature(b"OggS", "audio/ogg"),
    Signature(b"fLaC", "audio/flac"),
    Signature(b"ID3", "audio/mpeg"),
    Signature(b"\xff\xfb", "audio/mpeg"),
    Signature(b"PK\x03\x04", "application/zip"),
    Signature(b"PK\x05\x06", "application/zip"),
    Signature(b"\x1f\x8b", "application/gzip"),
    Signature(b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    Signature(b"Rar!\x1a\x07", "application/vnd.rar"),
    Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    Signature(b"{\\rtf", "application/rtf"),
    Signature(b"\x7fELF", "application/x-executable"),
    Signature(b"MZ", "application/vnd.microsoft.portable-executable"),
    Signature(b"wOF2", "font/woff2"),
    Signature(b"OTTO", "font/otf"),
    Signature(b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
MIMETYPE_ENTRY = b"mimetypeapplication/"


def media_type_of(head: bytes) -> str:
    """The media type that the first bytes of a file show; markup and scripts are plain text."""
    for signature in SIGNATURES:
        if head.startswith(signature.bytes, signature.offset):
            return _zipped(head) if signature.media_type == "application/zip" else signature.media_type
    return TEXT if _is_text(head) else UNKNOWN


def has_preview(media_type: str, size: int) -> bool:
    """Whether a preview is drawn of such a file."""
    return media_type in PREVIEWED and size <= MAX_PREVIEWED_BYTES


def _zipped(head: bytes) -> str:
    """Documents of office programs are archives that name their contents first."""
    if head[30:].startswith(MIMETYPE_ENTRY):
        named = head[38:138].split(b"PK", 1)[0]
        if named.startswith((b"application/vnd.oasis.opendocument.", b"application/epub+zip")):
            return named.decode("ascii", "ignore")
    if b"[Content_Types].xml" in head:
        return next((kind for part, kind in OFFICE if part in head), "application/zip")
    return "application/zip"


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    for cut in _possible_ends(head):
        try:
            head[:cut].decode()
        except UnicodeDecodeError:
            continue
        return True
    return False


def _possible_ends(head: bytes) -> Sequence[int]:
    """The last sign of a text may be cut off after up to three bytes."""
    return range(len(head), max(len(head) - 4, 0), -1)
