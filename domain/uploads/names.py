"""Names of files as they are stored: plain, without paths, control characters or marks of direction."""

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

MAX_NAME_LENGTH = 150
NAMELESS = "file"
UNFIT = frozenset('<>:"|?*')
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


def harmless_name(given: str) -> str:
    """The last part of a path without control and direction marks, at most `MAX_NAME_LENGTH` letters.

    The extension of a name that is too long is kept. A name that is nothing, or that some system reserves, is replaced.
    """
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C" and sign not in UNFIT)
    name = " ".join(name.split()).strip(". ")
    if not name:
        return NAMELESS
    if name.split(".", 1)[0].strip().lower() in RESERVED:
        name = f"{NAMELESS}-{name}"
    return _shortened(name)


def content_disposition(name: str) -> str:
    """The header of a download that is never shown in place: the name in full, and in ASCII for older readers."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in ascii_name).strip() or NAMELESS
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(name: str) -> str:
    if len(name) <= MAX_NAME_LENGTH:
        return name
    extension = PurePosixPath(name).suffix[:16]
    return name[: MAX_NAME_LENGTH - len(extension)].rstrip(". ") + extension
