"""Cursors: opaque texts with the sort keys of an item, valid for lists of the same order only."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from schema.compiler.errors import InvalidArgument
from schema.compiler.json_text import literal

FOREIGN_CURSOR_MESSAGE = "This cursor does not belong to this list."


def cursor_sql(order_name: str, keys: Sequence[str]) -> str:
    """An expression for the cursor of a row."""
    values = ", ".join(f"({key})::text" for key in keys)
    array = f"jsonb_build_array({literal(order_name)}::text, {values})::text"
    return f"translate(encode(convert_to({array}, 'UTF8'), 'base64'), chr(10), '')"


def read_cursor(cursor: str, order_name: str, sql_types: Sequence[str]) -> list[str]:
    """The sort keys of a cursor, as texts that SQL can read; `InvalidArgument` when it is of another list."""
    try:
        found = json.loads(base64.b64decode(cursor, validate=True))
    except (ValueError, binascii.Error, RecursionError):
        raise InvalidArgument(FOREIGN_CURSOR_MESSAGE) from None
    if not _is_cursor(found, order_name, len(sql_types)):
        raise InvalidArgument(FOREIGN_CURSOR_MESSAGE)
    keys: list[str] = found[1:]
    if not all(_is_valid_key(key, sql_type) for key, sql_type in zip(keys, sql_types, strict=True)):
        raise InvalidArgument(FOREIGN_CURSOR_MESSAGE)
    return keys


def _is_cursor(found: Any, order_name: str, keys: int) -> bool:
    return (
        isinstance(found, list)
        and len(found) == keys + 1
        and all(isinstance(item, str) for item in found)
        and found[0] == order_name
    )


def _is_valid_key(key: str, sql_type: str) -> bool:
    """Only the spelling that `cursor_sql` writes: Python reads more than the database does."""
    spelling, holds = KEY_FORMATS[sql_type]
    return spelling.fullmatch(key) is not None and _parses(holds, key)


def _parses(holds: Callable[[str], object], key: str) -> bool:
    try:
        return holds(key) is not False
    except (ValueError, OverflowError):
        return False


def _instant(key: str) -> object:
    return "infinity" in key or datetime.fromisoformat(key)


def _day(key: str) -> object:
    return "infinity" in key or date.fromisoformat(key)


def _within(bits: int) -> Callable[[str], bool]:
    return lambda key: -(2 ** (bits - 1)) <= int(key) < 2 ** (bits - 1)


INFINITY = "-?infinity"
DAY = r"\d{4}-\d\d-\d\d"
KEY_FORMATS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "text": (re.compile(r"[^\0\ud800-\udfff]*"), str),
    "uuid": (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), str),
    "int": (re.compile(r"-?\d{1,10}", re.ASCII), _within(32)),
    "bigint": (re.compile(r"-?\d{1,19}", re.ASCII), _within(64)),
    "numeric": (re.compile(r"-?\d{1,1000}(\.\d{1,1000})?", re.ASCII), str),
    "date": (re.compile(f"{DAY}|{INFINITY}", re.ASCII), _day),
    "timestamptz": (re.compile(rf"{DAY} \d\d:\d\d:\d\d(\.\d{{1,6}})?\+00|{INFINITY}", re.ASCII), _instant),
    "boolean": (re.compile("true|false"), str),
}
