"""Authentication of requests."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.datastructures import Headers
from tortoise import connections

from api.auth.authentication import Authenticator, Credential, request_credential
from domain.accounts.authentication.sign_in import sign_out
from domain.accounts.model import Session
from settings import Settings
from tests.makers.accounts import a_session, an_account

NEARLY = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("headers", "credential"),
    [
        ({}, None),
        ({"cookie": "__Host-werkstand=abc"}, Credential("session", "abc")),
        ({"cookie": "werkstand=abc; other=1"}, None),
        ({"authorization": "Bearer abc"}, Credential("token", "abc")),
        ({"authorization": "bearer  abc "}, Credential("token", "abc")),
        ({"authorization": "Link abc.def"}, Credential("link", "abc.def")),
        ({"authorization": "Basic abc"}, None),
        ({"authorization": "", "cookie": "__Host-werkstand=abc"}, None),
    ],
)
def test_one_credential_counts(headers: dict[str, str], credential: Credential | None) -> None:
    assert request_credential(Headers(headers)) == credential


@pytest.mark.database
async def test_a_session_in_use_lasts_fourteen_days_from_now(settings: Settings) -> None:
    secret = await a_session(await an_account())
    await put("expires_at", timedelta(days=1))

    await Authenticator(settings).authenticate(Credential("session", secret))

    session = await Session.get()
    assert abs(session.expires_at - datetime.now(UTC) - timedelta(days=14)) < NEARLY


@pytest.mark.database
async def test_a_session_never_lasts_longer_than_ninety_days(settings: Settings) -> None:
    secret = await a_session(await an_account())
    await put("created_at", -timedelta(days=89))
    await put("expires_at", timedelta(hours=1))

    await Authenticator(settings).authenticate(Credential("session", secret))

    session = await Session.get()
    assert session.expires_at == session.created_at + timedelta(days=90)


@pytest.mark.database
async def test_a_session_that_was_ended_elsewhere_is_remembered_for_a_second_at_most(settings: Settings) -> None:
    recogniser = Authenticator(settings)
    credential = Credential("session", await a_session(await an_account()))
    await recogniser.authenticate(credential)

    await sign_out(credential.secret)

    assert await recogniser.authenticate_uncached(credential) is None
    assert await recogniser.authenticate(credential) is None


@pytest.mark.database
@pytest.mark.parametrize("secret", ["", "x", "\udc80", "a" * 100_000, "ä\x00"])
async def test_nonsense_is_nobody(settings: Settings, secret: str) -> None:
    recogniser = Authenticator(settings)

    assert await recogniser.authenticate(Credential("session", secret)) is None
    assert await recogniser.authenticate(Credential("token", secret)) is None
    assert await recogniser.authenticate(Credential("link", secret)) is None


async def put(column: str, from_now: timedelta) -> None:
    await connections.get("default").execute_query(
        f"UPDATE sessions SET {column} = clock_timestamp() + $1::interval", [from_now]
    )
