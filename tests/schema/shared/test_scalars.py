"""Scalars read what the database takes and refuse the rest; they write what compiled reads write."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from graphql import GraphQLError

from domain.kernel.errors import Refused
from schema.shared.scalars import (
    internal_id,
    read_date,
    read_decimal,
    read_instant,
    write_date,
    write_decimal,
    write_instant,
)


def test_dates() -> None:
    assert read_date("2026-05-10") == date(2026, 5, 10)
    assert write_date(date(2026, 5, 10)) == write_date("2026-05-10") == "2026-05-10"


@pytest.mark.parametrize("value", ["2026-02-30", "20260510", "2026-W19-7", "10.05.2026", "", 20260510, None])
def test_what_is_no_date(value: object) -> None:
    with pytest.raises(GraphQLError, match="no date"):
        read_date(value)


@pytest.mark.parametrize(
    "text", ["2026-05-10T08:00:00Z", "2026-05-10T10:00:00+02:00", "2026-05-10T08:00:00.000000z", "2026-05-10T08:00Z"]
)
def test_instants(text: str) -> None:
    assert read_instant(text) == datetime(2026, 5, 10, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["2026-05-10T08:00:00", "2026-05-10", "0001-01-01T00:00:00+14:00", "2026-13-01T00:00:00Z", 0, "now"]
)
def test_what_is_no_instant(value: object) -> None:
    with pytest.raises(GraphQLError, match="no instant"):
        read_instant(value)


def test_instants_are_written_in_utc_without_trailing_zeros() -> None:
    summer = timezone(timedelta(hours=2))

    assert write_instant(datetime(2026, 5, 10, 10, tzinfo=summer)) == "2026-05-10T08:00:00Z"
    assert write_instant(datetime(2026, 5, 10, 10, 0, 0, 120_000, tzinfo=summer)) == "2026-05-10T08:00:00.12Z"


def test_decimals() -> None:
    assert read_decimal("500.00") == Decimal("500.00")
    assert read_decimal(-3) == Decimal(-3)
    assert write_decimal(Decimal("1E+3")) == "1000"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e5", "1,5", "", 1.5, True, "9" * 40])
def test_what_is_no_decimal(value: object) -> None:
    with pytest.raises(GraphQLError, match="no decimal"):
        read_decimal(value)


def test_a_malformed_identifier_is_not_found() -> None:
    with pytest.raises(Refused):
        internal_id("ord", "1; DROP TABLE orders")
