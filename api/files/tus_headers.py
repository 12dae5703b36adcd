"""Headers of tus 1.0.0, the protocol of resumable uploads (https://tus.io/protocols/resumable-upload)."""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from domain.uploads.guards import MAX_FILE_BYTES, UPLOAD_LIFETIME
from domain.uploads.receiver import CHECKSUM_ALGORITHMS

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration"
OFFSET_MEDIA_TYPE = "application/offset+octet-stream"
ALWAYS = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
CAPABILITIES = {
    "Tus-Version": VERSION,
    "Tus-Max-Size": str(MAX_FILE_BYTES),
    "Tus-Extension": EXTENSIONS,
    "Tus-Checksum-Algorithm": ",".join(CHECKSUM_ALGORITHMS),
}


class MalformedHeader(Exception):
    """A header is missing, or is not what the protocol asks for."""


def whole_number(headers: Mapping[str, str], name: str) -> int:
    """The number in a header. Raises `MalformedHeader`."""
    text = headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise MalformedHeader(name)
    return int(text)


def parse_metadata(header: str) -> Mapping[str, str]:
    """The pairs of an Upload-Metadata header. Raises `MalformedHeader`."""
    pairs = {}
    for entry in filter(None, (each.strip() for each in header.split(","))):
        name, _, encoded = entry.partition(" ")
        try:
            pairs[name] = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise MalformedHeader("Upload-Metadata") from None
    return pairs


def write_metadata(pairs: Mapping[str, str]) -> str:
    """The same header, as the offset's answer repeats it."""
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in pairs.items())


def expires() -> str:
    """When an upload to which a byte has come just now is given up."""
    instant = datetime.now(UTC).replace(microsecond=0) + UPLOAD_LIFETIME
    return format_datetime(instant, usegmt=True)
