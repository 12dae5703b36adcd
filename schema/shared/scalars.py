"""GraphQL scalars for dates, instants and decimals; each rejects what the database cannot store."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.scalar import ScalarDefinition

from domain.kernel import ids
from domain.kernel.errors import not_found
from schema.execution.input_errors import InputError

# What is written is a full-date and a date-time of RFC 3339, and the lexical form of a decimal of XML Schema.
SPECIFICATIONS = {
    "Date": "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    "DateTime": "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    "Decimal": "https://www.w3.org/TR/xmlschema11-2/#decimal",
}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?([Zz]|[+-]\d{2}:?\d{2})")
DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,10})?")


def internal_id(prefix: str, outside: str) -> UUID:
    """The uuid behind an identifier of the API; a malformed one is `Refused` as not found."""
    try:
        return ids.internal(prefix, outside)
    except ValueError:
        raise not_found() from None


def read_date(value: Any) -> date:
    """A calendar date, `2026-05-10`."""
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise InputError("no_date")


def read_instant(value: Any) -> datetime:
    """An instant with its offset, `2026-05-10T08:00:00Z`; returned in UTC."""
    if isinstance(value, str) and INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise InputError("no_instant")


def read_decimal(value: Any) -> Decimal:
    """A decimal number as text, `"500.00"`, or a whole number."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not DECIMAL.fullmatch(text):
        raise InputError("no_decimal")
    return Decimal(text)


def write_date(value: date | str) -> str:
    """Compiled reads bring dates as text already."""
    return value if isinstance(value, str) else value.isoformat()


def write_instant(value: datetime | str) -> str:
    """ISO 8601 in UTC with `Z`, without trailing zeros; compiled reads bring it as text already."""
    if isinstance(value, str):
        return value
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
    return f"{text.rstrip('0') if '.' in text else text}Z"


def write_decimal(value: Decimal | str) -> str:
    """Plain digits, never an exponent; compiled reads bring it as text already."""
    return value if isinstance(value, str) else format(value, "f")


def _scalar(name: str, description: str, write: Any, read: Any) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=description,
        serialize=write,
        parse_value=read,
        specified_by_url=SPECIFICATIONS[name],
    )


INSTANT_DESCRIPTION = """An instant in UTC, a date-time of RFC 3339: `2026-05-10T08:00:00Z`. Taken with any offset."""
DECIMAL_DESCRIPTION = """A decimal number as text, never with an exponent: `"500.00"`.
Taken with up to 15 digits before and 10 after the point."""
SCALARS: dict[object, ScalarDefinition] = {
    date: _scalar("Date", "A calendar date, a full-date of RFC 3339: `2026-05-10`.", write_date, read_date),
    datetime: _scalar("DateTime", INSTANT_DESCRIPTION, write_instant, read_instant),
    Decimal: _scalar("Decimal", DECIMAL_DESCRIPTION, write_decimal, read_decimal),
}
