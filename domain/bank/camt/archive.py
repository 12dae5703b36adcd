"""XML documents of a bank file, which is one document or a ZIP archive of several, within limits of their sizes."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from domain.bank.camt.faults import BrokenBankFile

MAX_FILE_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 50_000_000
MAX_DOCUMENTS = 100
ZIP_START = b"PK"
ENCRYPTED = 0x1
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError)


def documents_of(content: bytes) -> list[bytes]:
    """The XML documents, in the order of an archive. Raises `BrokenBankFile` when one is empty or beyond limits."""
    if not content.strip():
        raise BrokenBankFile("bank_file_empty")
    if len(content) > MAX_FILE_BYTES:
        raise BrokenBankFile("bank_file_too_large", most=MAX_FILE_BYTES // 1_000_000)
    if not content.startswith(ZIP_START):
        return [content]
    try:
        return [*_unpacked(content)]
    except UNREADABLE as error:
        raise BrokenBankFile("bank_archive_unreadable") from error


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Unpack document by document; what an archive declares of its sizes is not believed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [each for each in archive.infolist() if each.filename.lower().endswith(".xml")]
        if not members:
            raise BrokenBankFile("bank_archive_without_statements")
        if len(members) > MAX_DOCUMENTS:
            raise BrokenBankFile("bank_archive_too_many", most=MAX_DOCUMENTS)
        left = MAX_UNPACKED_BYTES
        for member in members:
            if member.flag_bits & ENCRYPTED:
                raise BrokenBankFile("bank_archive_encrypted")
            with archive.open(member) as file:
                document = file.read(left + 1)
            left -= len(document)
            if left < 0:
                raise BrokenBankFile("bank_file_too_large", most=MAX_UNPACKED_BYTES // 1_000_000)
            yield document
