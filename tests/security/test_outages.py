"""Answers while the database is away."""

import pytest
from asyncpg.exceptions import CannotConnectNowError, InterfaceError, InternalClientError, LockNotAvailableError
from graphql import GraphQLError
from tortoise.exceptions import DBConnectionError, OperationalError

from api.graphql.graphql_errors import http_status, masked_error, public_errors
from domain.database.outages import is_outage


def wrapped(fault: Exception) -> Exception:
    outer = OperationalError("the ORM's words")
    outer.__cause__ = fault
    return outer


@pytest.mark.parametrize(
    "fault",
    [
        ConnectionRefusedError(),
        CannotConnectNowError("starting up"),
        DBConnectionError("no"),
        wrapped(TimeoutError()),
        wrapped(LockNotAvailableError("canceling statement due to lock timeout")),
        InternalClientError("cannot switch to state 11; another operation (2) is in progress"),
    ],
    ids=repr,
)
def test_an_outage_is_no_fault_of_the_request(fault: Exception) -> None:
    error = masked_error(fault, language="en", request_id="1")

    assert (error.extensions or {})["code"] == "UNAVAILABLE"
    assert http_status([error]) == 503


def test_an_outage_within_a_resolver_is_told_as_one() -> None:
    failed = GraphQLError("secret", original_error=wrapped(ConnectionResetError("secret")))

    (error,) = public_errors([failed], language="de", request_id="1")

    assert (error.extensions or {})["code"] == "UNAVAILABLE"
    assert "secret" not in error.message


def test_a_rollback_on_a_closed_connection_is_an_outage() -> None:
    assert is_outage(InterfaceError("cannot call Transaction.rollback(): the underlying connection is closed"))
    assert not is_outage(InterfaceError("wrong parameters"))


def test_everything_else_is_a_fault() -> None:
    assert not is_outage(wrapped(ValueError("ours")))
