"""Keys of files in the storage; none holds anything that a client has chosen."""

from uuid import UUID

PARTS, FILES, PREVIEWS = "uploads/", "files/", "previews/"


def parts_prefix(file_id: UUID) -> str:
    """All parts of one upload, of every writer."""
    return f"{PARTS}{file_id}/"


def part_key(file_id: UUID, start: int, fence: int) -> str:
    """One part. The fence keeps writers apart, so that none ever replaces what another has stored."""
    return f"{PARTS}{file_id}/{start:016d}-{fence}"


def file_key(file_id: UUID) -> str:
    """A whole file."""
    return f"{FILES}{file_id}"


def preview_key(file_id: UUID) -> str:
    """The preview of a file."""
    return f"{PREVIEWS}{file_id}"


def file_id_of(key: str) -> UUID | None:
    """The file that a key belongs to; None for a key that is none of ours."""
    try:
        return UUID(key.split("/")[1])
    except (IndexError, ValueError):
        return None
