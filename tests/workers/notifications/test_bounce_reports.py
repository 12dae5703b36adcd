"""Mails that come back: the report is read, the message is marked, and those who can act are told."""

from uuid import UUID

import pytest

from domain.kernel.actors import Role
from domain.outbox.bounces import record_bounce
from domain.outbox.model import MessageState, OutboxMessage
from tests.makers.accounts import an_account
from tests.makers.mails import a_mail
from tests.makers.orders import an_order
from workers.notifications.bounce_reports import read_bounce_report

MESSAGE_ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
REPORT = """From: MAILER-DAEMON@mail.example
To: orders@werkstand.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Ihre Nachricht an ärger@kunde.example konnte nicht zugestellt werden.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; kim@kunde.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <kim@kunde.example>:
    no such mailbox
--b
Content-Type: {returned}

Message-ID: <{message_id}@werkstand.example>
Subject: Angebot
--b--
"""


def a_report(**parts: str) -> bytes:
    known = {"action": "failed", "returned": "text/rfc822-headers", "message_id": str(MESSAGE_ID)}
    return REPORT.format(**known | parts).encode()


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_names_the_message_and_the_reason(returned: str) -> None:
    report = read_bounce_report(a_report(returned=returned))

    assert report is not None
    assert report.message_id == MESSAGE_ID
    assert report.why == "smtp; 550 5.1.1 <kim@kunde.example>: no such mailbox"


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\xff\xfe not a mail at all \x00",
        b"Subject: Out of office\n\nBack on Monday.",
        a_report(action="delayed"),
        a_report(message_id="somebody.else"),
        a_report()[:600],
    ],
)
def test_any_other_mail_is_no_report(mail: bytes) -> None:
    assert read_bounce_report(mail) is None


@pytest.mark.database
async def test_a_bounce_is_told_to_those_who_can_act_once() -> None:
    case, staff, admin = await an_order(), await an_account(Role.STAFF), await an_account(Role.ADMIN)
    mail = await a_mail(staff.id, case.order.id, state=MessageState.SENT)

    assert [await record_bounce(mail.id, "550 no such mailbox") for _ in range(2)] == [True, False]

    await mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MessageState.BOUNCED, "550 no such mailbox")
    told = await OutboxMessage.filter(name="message.failed").values_list("account_id", flat=True)
    assert sorted(told) == sorted([staff.id, admin.id])
