"""The development inbox: what is accepted is kept, and the pages show it harmlessly."""

from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import httpx2
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from api.ops import dev_inbox
from settings import Settings
from tests.support.inbox import Inbox

HTML = '<p><a href="https://werkstand.example/l/abc?x=1&amp;y=2">Confirm</a><script>alert(1)</script></p>'


@pytest_asyncio.fixture
async def pages(settings: Settings, smtp: Inbox) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=Starlette(routes=dev_inbox.routes(smtp.folder)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://werkstand.test") as client:
        yield client


async def send(smtp: Inbox, subject: str, text: str = "Hello", html: str = "") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "staff@werkstand.example", "kunde@example.com", subject
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    await aiosmtplib.send(mail, hostname="127.0.0.1", port=smtp.port)


async def test_an_accepted_mail_is_kept_whole(smtp: Inbox) -> None:
    await send(smtp, "Ihr Angebot für Größe", "Grüße\n.\nEnde")

    (mail,) = smtp.mails_to("kunde@example.com")

    assert mail["Subject"] == "Ihr Angebot für Größe"
    assert mail.get_content().splitlines() == ["Grüße", ".", "Ende"]


async def test_the_newest_mail_comes_first(pages: httpx2.AsyncClient, smtp: Inbox) -> None:
    await send(smtp, "The first")
    await send(smtp, "The second")

    page = (await pages.get("/dev/inbox")).text

    assert page.index("The second") < page.index("The first")


async def test_links_of_both_parts_can_be_followed(pages: httpx2.AsyncClient, smtp: Inbox) -> None:
    await send(smtp, "Offer", "See https://werkstand.example/l/def.", HTML)
    (name,) = smtp.names

    page = (await pages.get(f"/dev/inbox/{name}")).text

    assert '<a href="https://werkstand.example/l/def">' in page
    assert '<a href="https://werkstand.example/l/abc?x=1&amp;y=2">' in page


async def test_a_mail_cannot_bring_markup_into_the_page(pages: httpx2.AsyncClient, smtp: Inbox) -> None:
    await send(smtp, "<b>bold</b>", "<script>alert(1)</script>", HTML)
    (name,) = smtp.names

    page = (await pages.get(f"/dev/inbox/{name}")).text

    assert "<script>" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("name", ["1-2-3", "..%2F..%2Fsecrets", "x" * 300])
async def test_a_mail_that_is_not_there_is_not_found(pages: httpx2.AsyncClient, name: str) -> None:
    assert (await pages.get(f"/dev/inbox/{name}")).status_code == 404


async def test_the_inbox_speaks_german(pages: httpx2.AsyncClient) -> None:
    page = await pages.get("/dev/inbox", headers={"accept-language": "de-AT,de;q=0.9"})

    assert "Noch wurde keine E-Mail versandt." in page.text


async def test_older_mails_are_on_later_pages(pages: httpx2.AsyncClient, smtp: Inbox) -> None:
    for number in range(dev_inbox.MAILS_PER_PAGE + 1):
        await send(smtp, f"Mail {number}.")

    first = (await pages.get("/dev/inbox")).text
    second = (await pages.get("/dev/inbox?page=2")).text

    assert "Mail 25." in first
    assert "Mail 0." not in first
    assert "Mail 0." in second
    assert 'rel="next"' not in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 400])
async def test_an_address_that_names_no_page_shows_the_first(pages: httpx2.AsyncClient, smtp: Inbox, page: str) -> None:
    await send(smtp, "Offer")

    assert "Offer" in (await pages.get("/dev/inbox", params={"page": page})).text


async def test_scripts_read_mails_and_their_links_as_json(pages: httpx2.AsyncClient, smtp: Inbox) -> None:
    await send(smtp, "Offer", "See https://werkstand.example/l/def.", HTML)

    listed = (await pages.get("/dev/inbox", headers={"accept": "application/json"})).json()
    (mail,) = listed["mails"]
    alone = (await pages.get(f"/dev/inbox/{mail['name']}", headers={"accept": "application/json"})).json()

    assert (listed["page"], listed["more"], mail["subject"]) == (1, False, "Offer")
    assert mail["links"] == ["https://werkstand.example/l/def", "https://werkstand.example/l/abc?x=1&y=2"]
    assert alone == mail
