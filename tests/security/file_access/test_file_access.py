"""Every kind of viewer tries to download a file in every situation; the table says who gets it."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response

from domain.kernel.ids import external
from domain.uploads.keys import preview_key
from domain.uploads.model import File, FilePreview, PreviewState
from tests.makers.files import CONTENT, the_store
from tests.makers.time import berlin
from tests.security.file_access.situations import SITUATIONS
from tests.security.file_access.viewers import the_viewers
from tests.support.account_client import Target

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

TABLE: Mapping[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("file_access.toml").read_text(encoding="utf-8")
)
NODE = "query ($id: ID!) { node(id: $id) { id } }"


def test_the_table_names_every_situation() -> None:
    assert set(TABLE) == set(SITUATIONS)


@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_file_is_downloaded_by_those_whom_the_table_names(target: Target, name: str) -> None:
    situation = await SITUATIONS[name]()
    viewers = await the_viewers(target, situation)

    await draw(situation.file)

    answers = {viewer.name: await viewer.download(situation.file.id) for viewer in viewers}
    previews = {viewer.name: await viewer.preview(situation.file.id) for viewer in viewers}

    assert seen(answers) == seen(previews) == TABLE[name]["seen_by"]
    assert {answer.content for answer in answers.values() if answer.status_code == 200} <= {CONTENT}
    every = (*answers.values(), *previews.values())
    refused = {(answer.status_code, answer.text) for answer in every if answer.status_code != 200}
    assert [status for status, _ in refused] == [404]


@pytest.mark.parametrize("name", [name for name in TABLE if "archive_seen_by" in TABLE[name]])
async def test_archives_and_records_are_had_by_those_whom_the_table_names(target: Target, name: str) -> None:
    situation = await SITUATIONS[name]()
    delivery = situation.delivery
    assert delivery is not None
    viewers = await the_viewers(target, situation)

    archives = {viewer.name: await viewer.archive(delivery.id) for viewer in viewers}
    records = {viewer.name: await viewer.record(delivery.id) for viewer in viewers}

    assert seen(archives) == TABLE[name]["archive_seen_by"]
    assert seen(records) == TABLE[name]["record_seen_by"]
    assert {answer.status_code for answer in (*archives.values(), *records.values())} <= {200, 404}


@pytest.mark.parametrize("name", SITUATIONS)
async def test_the_api_knows_a_file_for_the_same_viewers(target: Target, name: str) -> None:
    situation = await SITUATIONS[name]()
    unfinished = ["member"] if name in ("unfinished", "checking", "quarantined") else []

    known = [
        viewer.name
        for viewer in await the_viewers(target, situation)
        if viewer.api and (await viewer.ask(NODE, id=external("fil", situation.file.id)))["node"]
    ]

    assert known == unfinished + [each for each in TABLE[name]["seen_by"] if not each.endswith("_link")]


async def test_a_link_opens_nothing_for_another_viewer_and_no_other_file(target: Target) -> None:
    situation = await SITUATIONS["delivered"]()
    viewers = {viewer.name: viewer for viewer in await the_viewers(target, situation)}
    seeing = [viewers[name] for name in TABLE["delivered"]["seen_by"]]
    other = (await SITUATIONS["delivered"]()).file

    shared = [
        await viewer.get(owner.url(situation.file.id))
        for owner in seeing
        for viewer in viewers.values()
        if viewer is not owner and not owner.is_link
    ]
    moved = [await viewer.get(viewer.url(situation.file.id).replace(*ids(situation.file, other))) for viewer in seeing]

    assert {answer.status_code for answer in (*shared, *moved)} == {404}


async def test_guessed_ids_and_signatures_open_nothing(target: Target) -> None:
    situation = await SITUATIONS["delivered"]()
    member, *_ = await the_viewers(target, situation)
    url = member.url(situation.file.id)
    guessed = [
        member.url(uuid4()),
        url.partition("?")[0],
        url.replace("signature=", "signature=x"),
        url.replace("until=", "until=9"),
        url.replace("/files/fil_", "/files/del_"),
    ]

    answers = [await member.get(path) for path in guessed]

    assert {answer.status_code for answer in answers} == {404}


def seen(answers: Mapping[str, Response]) -> list[str]:
    """Those who had what they asked for."""
    return [name for name, answer in answers.items() if answer.status_code == 200]


async def draw(file: File) -> None:
    """Store a preview of the file, as the worker that draws would."""
    await the_store().write_piece(preview_key(file.id), CONTENT)
    await FilePreview.create(file_id=file.id, state=PreviewState.MADE, next_attempt_at=datetime.now(UTC))


def ids(one: Any, other: Any) -> tuple[str, str]:
    return external("fil", one.id), external("fil", other.id)
