"""Identifiers: time-ordered uuids inside, a prefix that names the kind outside."""

import re
from uuid import UUID

from asyncpg.pgproto import pgproto
from uuid_utils.compat import uuid7

# Client statuses had the identifier of their order. Both are read until 2027-06-30, and only the own one is written.
FORMER_PREFIXES = {"cst": "ord"}
EXAMPLE = "01974f3e-5b1a-7c2d-8e9f-0a1b2c3d4e5f"
EXTERNAL = re.compile(r"([a-z]{3})_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")


def new_id() -> UUID:
    """A fresh identifier; later ones sort after earlier ones."""
    return uuid7()


def external(prefix: str, inside: UUID) -> str:
    """How the API writes an identifier: `ord_0197…`."""
    return f"{prefix}_{inside}"


def internal(prefix: str, outside: str) -> UUID:
    """Read an identifier of the API; `ValueError` when it is malformed or of another kind.

    The former prefix of a kind is read like its own. Parsed by the database driver's uuid type, ten times as fast: one
    call may name thousands.
    """
    match = EXTERNAL.fullmatch(outside)
    if match is None or match[1] not in (prefix, FORMER_PREFIXES.get(prefix)):
        raise ValueError(f"not an identifier of this kind: {outside[:60]!r}")
    found: UUID = pgproto.UUID(match[2])
    return found


def internal_or_none(prefix: str, outside: str) -> UUID | None:
    """Read an identifier of the API; None when it is malformed or of another kind."""
    try:
        return internal(prefix, outside)
    except ValueError:
        return None


def prefix_of(outside: str) -> str:
    """The prefix of an identifier of the API, which names its kind; `ValueError` when it is malformed."""
    return _parts(outside)[0]


def any_internal(outside: str) -> UUID:
    """Read an identifier of any kind; `ValueError` when it is malformed."""
    found: UUID = pgproto.UUID(_parts(outside)[1])
    return found


def malformed_message(outside: str) -> str:
    """A sentence for programmers about an identifier that is none."""
    return f"{outside[:60]!r} is no identifier; one looks like ord_{EXAMPLE}."


def _parts(outside: str) -> tuple[str, str]:
    match = EXTERNAL.fullmatch(outside)
    if match is None:
        raise ValueError(malformed_message(outside))
    return match[1], match[2]
