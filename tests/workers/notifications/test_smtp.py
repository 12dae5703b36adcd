"""SMTP client: the mail that is sent, and the refusals that are final."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.inbox import Inbox
from workers.notifications.smtp import MailRejected, OutgoingMail, SmtpClient
from workers.supervision.listening_sockets import listen, port_of

MAIL = OutgoingMail(
    reference="0197-letter",
    to="kim@kunde.example",
    name="Kim Ködel",
    language="de",
    subject="Ihr Angebot „Projekt ABC“",
    text="Guten Tag Kim,\nschön, dass Sie da sind.\n",
    html="<p>Guten Tag Kim</p>",
)
SENDER = "Werkstand <werkstand@werkstand.example>"


class Refusing:
    """A mail server that answers every recipient the same."""

    def __init__(self, answer: str) -> None:
        self._answer = answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return self._answer


@asynccontextmanager
async def a_server_that_answers(answer: str) -> AsyncIterator[SmtpClient]:
    listening = listen("127.0.0.1", 0)
    sessions = partial(SMTP, Refusing(answer), hostname="localhost")
    server = await asyncio.get_running_loop().create_server(sessions, sock=listening)
    try:
        yield SmtpClient(f"smtp://127.0.0.1:{port_of(listening)}", SENDER)
    finally:
        server.close()


async def test_a_mail_arrives_with_both_parts_and_the_same_id_every_time(smtp: Inbox) -> None:
    server = SmtpClient(smtp.url, SENDER)

    await server.send(MAIL)
    await server.send(MAIL)

    first, second = smtp.mails
    assert str(first["Subject"]) == "Ihr Angebot „Projekt ABC“"
    assert str(first["To"]) == "Kim Ködel <kim@kunde.example>"
    assert first["Message-ID"] == second["Message-ID"] == "<0197-letter@werkstand.example>"
    assert [part.get_content_type() for part in first.iter_parts()] == ["text/plain", "text/html"]
    plain = first.get_body(("plain",))
    assert plain is not None
    assert "schön, dass" in plain.get_content()


async def test_a_long_subject_and_name_arrive_letter_by_letter(smtp: Inbox) -> None:
    subject = "Ihre Lieferung ist da: AF-00731-0011 „Plakatserie Weihnachtsmarkt am Müggelsee“, vierte Fassung"
    name = "Gesellschaft für Übersetzungen und Öffentlichkeitsarbeit im Märkischen Viertel mbH"

    await SmtpClient(smtp.url, SENDER).send(replace(MAIL, subject=subject, name=name))

    (mail,) = smtp.mails
    assert str(mail["Subject"]) == subject
    assert mail["To"].addresses[0].display_name == name


async def test_a_name_or_subject_cannot_add_headers(smtp: Inbox) -> None:
    sly = replace(MAIL, name="Kim\r\nBcc: all@kunde.example", subject="Hello\r\nBcc: all@kunde.example")

    await SmtpClient(smtp.url, SENDER).send(sly)

    assert smtp.mails[0]["Bcc"] is None


@pytest.mark.parametrize(
    "address", ["kim at kunde", "kim@kunde..example", "köder@kunde.example", "kim@kunde.example\u200b"]
)
async def test_an_address_that_cannot_be_one_is_final(smtp: Inbox, address: str) -> None:
    with pytest.raises(MailRejected, match="is no mail address"):
        await SmtpClient(smtp.url, SENDER).send(replace(MAIL, to=address))


async def test_a_domain_may_have_umlauts(smtp: Inbox) -> None:
    await SmtpClient(smtp.url, SENDER).send(replace(MAIL, to="kim@müller.example"))

    assert str(smtp.mails[0]["To"]) == "Kim Ködel <kim@xn--mller-kva.example>"


async def test_an_unknown_recipient_is_final() -> None:
    async with a_server_that_answers("550 No such mailbox") as server:
        with pytest.raises(MailRejected, match="No such mailbox"):
            await server.send(MAIL)


async def test_a_busy_server_is_asked_again_later() -> None:
    async with a_server_that_answers("451 Try again later") as server:
        with pytest.raises(Exception, match="Try again later") as refusal:
            await server.send(MAIL)

    assert not isinstance(refusal.value, MailRejected)
