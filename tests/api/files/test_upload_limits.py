"""Limits of uploads: refused before the first byte, with the room that is left."""

import pytest

import settings as settings_module
from tests.makers.time import berlin
from tests.support.tus_client import TusClient

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_a_file_over_five_gigabytes_is_refused(tus: TusClient) -> None:
    answer = await tus.create(5 * 1024**3 + 1)

    assert answer.status_code == 413
    assert answer.json()["code"] == "LIMIT_EXCEEDED"


async def test_a_full_quota_is_told_with_the_room_that_is_left(tus: TusClient, monkeypatch: pytest.MonkeyPatch) -> None:
    smaller = settings_module.load().model_copy(update={"member_file_bytes": 100})
    monkeypatch.setattr(settings_module, "load", lambda: smaller)
    await tus.place(60)

    answer = await tus.create(41)

    assert (answer.status_code, answer.json()["left"]) == (413, 40)
    assert (await tus.create(40)).status_code == 201


@pytest.mark.parametrize(("length", "status"), [("", 400), ("-1", 400), ("1e3", 400), ("0", 400), ("9" * 30, 400)])
async def test_a_length_that_is_none_is_refused(tus: TusClient, length: str, status: int) -> None:
    answer = await tus.create(length)

    assert answer.status_code == status
