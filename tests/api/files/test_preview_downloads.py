"""Previews as pages show them: for those who see the file, by links that were signed for them."""

import io

import pytest
from PIL import Image

from domain.deliveries.inputs import DeliveryDraft
from domain.deliveries.model import DeliveryStatus
from domain.uploads.previews.worker import draw_waiting_previews
from domain.uploads.signed_links import download_url, preview_url
from tests.makers.accounts import a_customer_account
from tests.makers.deliveries import a_delivery
from tests.makers.files import a_file, the_store
from tests.makers.parties import a_customer
from tests.makers.time import berlin
from tests.support.site import Site
from tests.support.viewer import a_viewer

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


def a_picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (900, 900), "teal").save(written, "PNG")
    return written.getvalue()


async def test_the_preview_is_seen_by_those_who_see_the_file(site: Site) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    file = await a_file(case.around.by_member, a_picture(), name="plan.png")
    await case.move("describe", DeliveryDraft(description="The plan", file_ids=(file.id,)))
    customer = await a_viewer(site, await a_customer_account(case.around.customer))
    stranger = await a_viewer(site, await a_customer_account(await a_customer("Kunde DEF")))
    url = preview_url(file.id, customer.actor)

    await draw_waiting_previews(the_store())
    unseen = await customer.get(url)
    await case.move("submit")
    seen = await customer.get(url)
    others = [
        await stranger.get(url),
        await stranger.get(preview_url(file.id, stranger.actor)),
        await site.client.get(url),
        await customer.get(download_url(file.id, customer.actor).replace("?", "/preview?")),
    ]

    assert (unseen.status_code, {answer.status_code for answer in others}) == (404, {404})
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    assert seen.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert Image.open(io.BytesIO(seen.content)).size == (640, 640)


async def test_a_file_whose_preview_is_not_drawn_has_none(site: Site) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    file = await a_file(case.around.by_member, a_picture(), name="plan.png")
    await case.move("describe", DeliveryDraft(description="The plan", file_ids=(file.id,)))
    await case.move("submit")
    customer = await a_viewer(site, await a_customer_account(case.around.customer))

    answer = await customer.get(preview_url(file.id, customer.actor))

    assert answer.status_code == 404
