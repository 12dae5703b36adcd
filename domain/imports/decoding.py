"""The text of a file, whose encoding is recognised: UTF-8, UTF-16 with its mark, or Windows-1252."""

import base64
import binascii
import codecs
import hashlib
import re
from dataclasses import dataclass

from domain.imports.faults import fault, file_fault
from domain.imports.inputs import MAX_FILE_BYTES
from domain.kernel.errors import Refused

UTF8, UTF16, WINDOWS = "UTF-8", "UTF-16", "Windows-1252"
# Letters beyond ASCII as UTF-8 writes them: two bytes or more that Windows-1252 would show as signs.
UTF8_LETTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")


@dataclass(frozen=True, kw_only=True)
class DecodedFile:
    """The text of a file, the name of its encoding, and the SHA-256 of its bytes in hexadecimal."""

    text: str
    encoding: str
    sha256: str


def decode_base64(content: str) -> bytes:
    """The bytes of a file that came as Base64; `Refused` when it is none, or the file is too large."""
    try:
        decoded = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise file_fault("import_not_base64") from None
    if len(decoded) > MAX_FILE_BYTES:
        raise file_fault("import_too_large", most=MAX_FILE_BYTES // 1_000_000)
    return decoded


def decode(content: bytes) -> DecodedFile:
    """The text of a file, without a byte order mark; `Refused` when it is no text in a known encoding."""
    text, encoding = _text(content)
    if "\0" in text:
        raise file_fault("import_not_text")
    return DecodedFile(text=text, encoding=encoding, sha256=hashlib.sha256(content).hexdigest())


def _text(content: bytes) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), UTF16
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), UTF8
    except UnicodeDecodeError as broken:
        return _windows_text(content, broken), WINDOWS


def _windows_text(content: bytes, broken: UnicodeDecodeError) -> str:
    """A file that mixes both encodings is refused, because one of them would become unreadable without a word."""
    line = content.count(b"\n", 0, broken.start) + 1
    if content.startswith(codecs.BOM_UTF8) or UTF8_LETTER.search(content):
        raise Refused(fault(line, "", "import_two_encodings"))
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Refused(fault(line, "", "import_encoding_unknown")) from None
