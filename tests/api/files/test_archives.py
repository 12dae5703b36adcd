"""All files of a version as one ZIP: for those who see them, by links that were signed for them."""

import io
import zipfile

import pytest

from domain.deliveries.inputs import DeliveryDraft, RevisionRequest
from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Role
from domain.uploads import signed_links
from domain.uploads.signed_links import archive_url
from tests.makers.accounts import a_customer_account, an_account
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.files import a_file
from tests.makers.parties import a_customer
from tests.makers.time import berlin
from tests.support.site import Site
from tests.support.viewer import Viewer, a_viewer

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

SLIDES, PLAN, LARGE = b"All slides.", b"First, second.", bytes(range(256)) * 20_000


async def described(case: DeliveryCase, *contents: tuple[str, bytes]) -> None:
    files = [await a_file(case.around.by_member, content, name=name) for name, content in contents]
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=tuple(file.id for file in files)))


async def delivered(*contents: tuple[str, bytes]) -> DeliveryCase:
    case = await a_delivery(DeliveryStatus.DRAFT)
    await described(case, *contents)
    await case.move("submit")
    return case


async def the_customer(site: Site, case: DeliveryCase) -> Viewer:
    return await a_viewer(site, await a_customer_account(case.around.customer))


async def test_it_holds_all_files_of_the_version_in_their_order(site: Site) -> None:
    case = await delivered(("Folien größer.txt", SLIDES), ("film.bin", LARGE), ("plan.txt", PLAN))
    customer = await the_customer(site, case)

    answer = await customer.get(archive_url(case.id, 1, customer.actor))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["content-disposition"].startswith(
        f'attachment; filename="{case.around.order.number}-1-1.zip"'
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["Folien größer.txt", "film.bin", "plan.txt"]
        assert [opened.read(name) for name in opened.namelist()] == [SLIDES, LARGE, PLAN]


async def test_files_of_one_name_are_numbered(site: Site) -> None:
    case = await delivered(("plan.txt", PLAN), ("Plan.txt", SLIDES), ("plan.txt", LARGE))
    customer = await the_customer(site, case)

    answer = await customer.get(archive_url(case.id, 1, customer.actor))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert opened.namelist() == ["plan.txt", "Plan (2).txt", "plan (3).txt"]
        assert opened.read("plan (3).txt") == LARGE


async def test_each_version_has_its_own(site: Site) -> None:
    case = await delivered(("one.txt", SLIDES), ("two.txt", PLAN))
    await case.move("requestRevision", RevisionRequest(defects=("A page is missing.",)))
    await described(case, ("three.txt", SLIDES), ("four.txt", PLAN))
    customer = await the_customer(site, case)
    draft = await customer.get(archive_url(case.id, 2, customer.actor))

    await case.move("resubmit")
    answers = [await customer.get(archive_url(case.id, number, customer.actor)) for number in (1, 2)]

    assert draft.status_code == 404
    assert [zipfile.ZipFile(io.BytesIO(answer.content)).namelist() for answer in answers] == [
        ["one.txt", "two.txt"],
        ["three.txt", "four.txt"],
    ]


async def test_others_find_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    case = await delivered(("one.txt", SLIDES), ("two.txt", PLAN))
    customer = await the_customer(site, case)
    stranger = await a_viewer(site, await a_customer_account(await a_customer("Kunde DEF")))
    staff = await a_viewer(site, await an_account(Role.STAFF))
    url = archive_url(case.id, 1, customer.actor)

    answers = [
        await stranger.get(archive_url(case.id, 1, stranger.actor)),
        await stranger.get(url),
        await staff.get(url),
        await site.client.get(url),
        await customer.get(archive_url(case.id, 2, customer.actor)),
        await customer.get(archive_url(case.id, 10**30, customer.actor)),
        await customer.get(url.replace("/1?", "/2?")),
    ]
    seen = await staff.get(archive_url(case.id, 1, staff.actor))
    monkeypatch.setattr(signed_links, "LIFETIME_HOURS", -2)
    answers.append(await customer.get(archive_url(case.id, 1, customer.actor)))

    assert {answer.status_code for answer in answers} == {404}
    assert seen.status_code == 200
