"""Downloads: signed for one viewer and file, in ranges, and authorised at every use."""

import pytest
import pytest_asyncio

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import Link, LinkPurpose
from domain.deliveries.inputs import DeliveryDraft
from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Role
from domain.uploads import signed_links
from domain.uploads.model import File
from domain.uploads.signed_links import download_url
from tests.makers.accounts import (
    a_customer_account,
    a_member_account,
    actor_of_link,
    an_account,
)
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.files import CONTENT, a_file
from tests.makers.parties import a_customer
from tests.makers.time import berlin
from tests.support.site import Site
from tests.support.viewer import Viewer, a_viewer

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def the_member(site: Site, case: DeliveryCase) -> Viewer:
    return await a_viewer(site, await a_member_account(case.around.member))


async def with_file(case: DeliveryCase) -> File:
    """Let the delivery's draft have a file."""
    file = await a_file(case.around.by_member)
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=(file.id,)))
    return file


@pytest_asyncio.fixture
async def drafted(site: Site) -> DeliveryCase:
    return await a_delivery(DeliveryStatus.DRAFT)


async def test_a_file_is_downloaded_as_it_was_uploaded_and_never_shown(site: Site, drafted: DeliveryCase) -> None:
    file = await with_file(drafted)
    member = await the_member(site, drafted)

    answer = await member.download(file)

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-disposition"] == "attachment; filename=\"slides.txt\"; filename*=UTF-8''slides.txt"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["etag"] == f'"{file.sha256}"'


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=0-3", 206, CONTENT[:4], f"bytes 0-3/{len(CONTENT)}"),
        ("bytes=4-", 206, CONTENT[4:], f"bytes 4-{len(CONTENT) - 1}/{len(CONTENT)}"),
        ("bytes=-5", 206, CONTENT[-5:], f"bytes {len(CONTENT) - 5}-{len(CONTENT) - 1}/{len(CONTENT)}"),
        ("bytes=0-9999", 206, CONTENT, f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}"),
        ("bytes=9999-", 416, b"", f"bytes */{len(CONTENT)}"),
        ("bytes=5-2", 200, CONTENT, None),
        ("bytes=0-1,4-5", 200, CONTENT, None),
        ("lines=1-2", 200, CONTENT, None),
    ],
)
async def test_ranges(
    site: Site, drafted: DeliveryCase, asked: str, status: int, content: bytes, told: str | None
) -> None:
    file = await with_file(drafted)
    member = await the_member(site, drafted)

    answer = await member.download(file, range=asked)

    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (status, content, told)


async def test_a_range_of_another_file_is_answered_by_the_whole(site: Site, drafted: DeliveryCase) -> None:
    file = await with_file(drafted)
    member = await the_member(site, drafted)

    other = await member.download(file, range="bytes=0-3", if_range='"another"')
    known = await member.download(file, if_none_match=f'"{file.sha256}"')

    assert (other.status_code, other.content) == (200, CONTENT)
    assert (known.status_code, known.content) == (304, b"")


async def test_a_customer_gets_files_once_they_are_delivered(site: Site, drafted: DeliveryCase) -> None:
    file = await with_file(drafted)
    customer = await a_viewer(site, await a_customer_account(drafted.around.customer))
    stranger = await a_viewer(site, await a_customer_account(await a_customer("Kunde DEF")))
    before = await customer.download(file)

    await drafted.move("submit")

    assert before.status_code == 404
    assert (await customer.download(file)).content == CONTENT
    assert (await stranger.download(file)).status_code == 404


async def test_a_link_opens_nothing_for_anyone_else(site: Site, drafted: DeliveryCase) -> None:
    file = await with_file(drafted)
    await drafted.move("submit")
    customer = await a_viewer(site, await a_customer_account(drafted.around.customer))
    staff = await a_viewer(site, await an_account(Role.STAFF))
    url = download_url(file.id, customer.actor)

    answers = [await staff.get(url), await site.client.get(url), await customer.get(url.replace("until=1", "until=2"))]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await staff.download(file)).content == CONTENT


async def test_an_expired_link_opens_nothing(
    site: Site, drafted: DeliveryCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await with_file(drafted)
    member = await the_member(site, drafted)
    monkeypatch.setattr(signed_links, "LIFETIME_HOURS", -2)

    answer = await member.download(file)

    assert answer.status_code == 404


async def test_the_mailed_link_of_a_review_downloads_without_an_account(site: Site, drafted: DeliveryCase) -> None:
    file = await with_file(drafted)
    await drafted.move("submit")
    link = await Link.get(purpose=LinkPurpose.REVIEW)
    key = site.dependencies.settings.key(KEY_PURPOSE)
    contact = await actor_of_link(token(link.id, LinkPurpose.REVIEW, key), key)
    assert contact is not None

    answer = await site.client.get(download_url(file.id, contact))
    forged = await site.client.get(download_url(drafted.id, contact))

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert forged.status_code == 404
