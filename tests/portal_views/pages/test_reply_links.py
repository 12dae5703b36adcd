"""The page behind a reply link: the messages of one order, read and answered without signing in."""

import asyncio
import re

import pytest
from playwright.async_api import FilePayload, expect
from tortoise import connections

from domain.kernel.ids import external
from domain.orders.inputs import CommentText
from domain.orders.model import Comment, CommentFile, CommentVisibility, OrderStatus
from domain.uploads.model import File
from settings import Settings
from tests.makers.files import a_file
from tests.makers.orders import Case, an_order
from tests.portal_views.pages.test_uploads import composed
from tests.support.links import a_reply_token
from tests.support.people import FAR
from tests.support.portal_browser import PHONE, Portal, press
from tests.support.site import Site

SKETCH: FilePayload = {"name": "Skizze größer.txt", "mimeType": "text/plain", "buffer": b"Like this. " * 1000}
HIDDEN = re.compile(r'name="(subject|mutation|key)" value="([^"]*)"')


async def an_asked_customer(settings: Settings) -> tuple[Case, str]:
    """An order whose member asks something and sends a file along, and the path of its reply link."""
    case = await an_order(OrderStatus.ACTIVE, description="QUITE PRIVATE", offer_valid_until=FAR, service_to=FAR)
    await case.move("comment", case.by_member, CommentText(text="BETWEEN US", visibility=CommentVisibility.MEMBER))
    file = await a_file(case.by_member)
    question = CommentText(text="Which colour?", visibility=CommentVisibility.CUSTOMER, file_ids=(file.id,))
    await case.move("comment", case.by_member, question)
    return case, f"/l/{await a_reply_token(case, settings)}"


async def test_a_contact_reads_and_answers_with_a_file_without_scripts(settings: Settings, site: Site) -> None:
    case, path = await an_asked_customer(settings)
    sent = await site.client.post(f"{path}/files", files={"files": ("plan.txt", b"Blue, like here.")})
    page = (await site.client.get(f"{path}?lang=en")).text
    downloaded = await site.client.get(re.findall(r'href="(/files/fil_[^"]*)"', page)[0].replace("&amp;", "&"))
    file = await File.get(name="plan.txt")

    form = dict(HIDDEN.findall(page)) | {"text": "Blue, please.", "fileIds": external("fil", file.id)}
    answered = await site.client.post(f"{path}?lang=en", data=form, follow_redirects=True)

    assert (sent.status_code, sent.headers["location"], downloaded.status_code) == (303, path, 200)
    assert "Which colour?" in page
    assert not [each for each in ("QUITE PRIVATE", "BETWEEN US", "Net", "Billing") if each in page]
    assert "Blue, please." in answered.text
    comment = await Comment.get(text="Blue, please.")
    assert (comment.order_id, comment.author_role, comment.author_name) == (case.order.id, "CUSTOMER", "Kim Kontakt")
    assert await CommentFile.filter(comment_id=comment.id, file_id=file.id).exists()


async def test_a_foreign_file_expired_and_hidden_links_open_nothing(settings: Settings, site: Site) -> None:
    case, path = await an_asked_customer(settings)
    _, other = await an_asked_customer(settings)
    german = (await site.client.get(path)).text
    own_file = re.findall(r'href="(/files/fil_[^"]*)"', german)[0].replace("&amp;", "&")
    by_other = re.findall(r"link=[^&\"]*", (await site.client.get(other)).text)[0]
    foreign = await site.client.get(re.sub(r"link=[^&]*", by_other, own_file))

    await case.move("archive", case.by_member)
    archived = [await site.client.get(each) for each in (path, own_file)]
    uploaded = await site.client.post(f"{path}/files", files={"files": ("plan.txt", b"Blue")})
    await connections.get("default").execute_query("UPDATE links SET expires_at = clock_timestamp()")
    expired = await site.client.get(other)

    assert "Nachrichten mit" in german
    assert [each.status_code for each in (foreign, *archived)] == [404, 404, 404]
    assert uploaded.status_code == 413
    assert (expired.status_code, "Dieser Link ist abgelaufen" in expired.text) == (410, True)


@pytest.mark.browser
async def test_a_file_is_sent_along_from_a_phone(portal: Portal, settings: Settings) -> None:
    _, path = await an_asked_customer(settings)
    page = await portal.page(size=PHONE)
    await page.goto(f"{path}?lang=en")
    await page.locator("#comment-attach summary").click()
    await page.set_input_files("#comment-files", files=[SKETCH])
    await composed()
    await expect(page.get_by_role("checkbox", name="Skizze größer.txt")).to_be_checked()

    await page.fill("[name=text]", "Can it be like this?")
    await press(page, "Send message")

    thread = page.locator(".thread")
    assert "Can it be like this?" in await thread.inner_text()
    async with page.expect_download() as downloading:
        await thread.get_by_role("link", name="Skizze größer.txt").click()
    assert await asyncio.to_thread((await (await downloading.value).path()).read_bytes) == SKETCH["buffer"]
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
