"""Cursors: an item's place in a list, as an opaque text that only fits lists of the same order."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from schema.compiled.errors import BadArgument
from schema.compiled.text import literal

MALFORMED = "This cursor does not belong to this list."
BIGGEST = 2**63 - 1


def cursor_sql(order_name: str, keys: Sequence[str]) -> str:
    """An expression for the cursor of a row."""
    values = ", ".join(f"({key})::text" for key in keys)
    array = f"jsonb_build_array({literal(order_name)}::text, {values})::text"
    return f"translate(encode(convert_to({array}, 'UTF8'), 'base64'), chr(10), '')"


def read_cursor(cursor: str, order_name: str, sql_types: Sequence[str]) -> list[str]:
    """The sort keys a cursor holds, as texts that SQL can read; `BadArgument` when it is of another list."""
    try:
        found = json.loads(base64.b64decode(cursor, validate=True))
    except (ValueError, binascii.Error, RecursionError):
        raise BadArgument(MALFORMED) from None
    if not _is_place(found, order_name, len(sql_types)):
        raise BadArgument(MALFORMED)
    keys: list[str] = found[1:]
    if not all(_fits(key, sql_type) for key, sql_type in zip(keys, sql_types, strict=True)):
        raise BadArgument(MALFORMED)
    return keys


def _is_place(found: Any, order_name: str, keys: int) -> bool:
    return (
        isinstance(found, list)
        and len(found) == keys + 1
        and all(isinstance(item, str) for item in found)
        and found[0] == order_name
    )


def _fits(key: str, sql_type: str) -> bool:
    if "infinity" in key and sql_type in ("timestamptz", "date"):
        return key in ("infinity", "-infinity")
    try:
        return READERS[sql_type](key)
    except (ValueError, InvalidOperation, UnicodeError):
        return False


def _is_text(key: str) -> bool:
    return b"\0" not in key.encode()


def _is_integer(key: str) -> bool:
    return abs(int(key)) <= BIGGEST


READERS: dict[str, Callable[[str], bool]] = {
    "text": _is_text,
    "uuid": lambda key: bool(UUID(key)),
    "int": _is_integer,
    "bigint": _is_integer,
    "numeric": lambda key: Decimal(key).is_finite(),
    "date": lambda key: bool(date.fromisoformat(key)),
    "timestamptz": lambda key: bool(datetime.fromisoformat(key)),
    "boolean": lambda key: key in ("true", "false"),
}
