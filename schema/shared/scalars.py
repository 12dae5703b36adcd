"""GraphQL scalars for dates, instants and decimals; each rejects what the database cannot store."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from domain.kernel import ids
from domain.kernel.errors import not_found

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?([Zz]|[+-]\d{2}:?\d{2})")
DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,10})?")


def internal_id(prefix: str, outside: str) -> UUID:
    """The uuid behind an identifier of the API; a malformed one is `Refused` as not found."""
    try:
        return ids.internal(prefix, outside)
    except ValueError:
        raise not_found() from None


def _parse_error(kind: str, example: str) -> GraphQLError:
    return GraphQLError(f"This is no {kind}; one looks like {example}.")


def read_date(value: Any) -> date:
    """A calendar date, `2026-05-10`."""
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _parse_error("date", "2026-05-10")


def read_instant(value: Any) -> datetime:
    """An instant with its offset, `2026-05-10T08:00:00Z`; returned in UTC."""
    if isinstance(value, str) and INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise _parse_error("instant with an offset", "2026-05-10T08:00:00Z")


def read_decimal(value: Any) -> Decimal:
    """A decimal number as text, `"500.00"`, or a whole number."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not DECIMAL.fullmatch(text):
        raise _parse_error("decimal number", '"500.00"')
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
    return strawberry.scalar(name=name, description=description, serialize=write, parse_value=read)


SCALARS: dict[object, ScalarDefinition] = {
    date: _scalar("Date", "A calendar date: `2026-05-10`.", write_date, read_date),
    datetime: _scalar("DateTime", "An instant in UTC: `2026-05-10T08:00:00Z`.", write_instant, read_instant),
    Decimal: _scalar("Decimal", 'A decimal number as text: `"500.00"`.', write_decimal, read_decimal),
}
