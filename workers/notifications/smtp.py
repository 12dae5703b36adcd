"""SMTP client: one connection for each mail; permanent rejections are distinct from temporary errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

from domain.billing.documents.stored_files import StoredFile
from domain.kernel.email_addresses import to_ascii

SMTP_TIMEOUT_SECONDS = 20.0
DEFAULT_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
SMTP_REJECTIONS = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
QUOTED_PRINTABLE = Charset("utf-8")
QUOTED_PRINTABLE.body_encoding = QP


@dataclass(frozen=True, kw_only=True)
class OutgoingMail:
    """One finished mail. `reference` makes its message id, the same however often it is sent.

    `unsubscribe` is the address that ends such mails with one click (RFC 8058), where its reader may choose.
    """

    reference: str
    to: str
    name: str
    language: str
    subject: str
    text: str
    html: str
    unsubscribe: str = ""
    attachments: Sequence[StoredFile] = ()


class MailRejected(Exception):
    """The mail server has rejected this mail permanently; a retry would fail too."""


@dataclass(frozen=True)
class SmtpClient:
    """The mail server, as `smtp://`, `smtp+starttls://` or `smtps://`, and the sender of all mails."""

    url: str
    sender: str

    async def send(self, mail: OutgoingMail) -> None:
        """Return once the server has accepted the mail; raises `MailRejected`, or another error to retry after."""
        where = urlsplit(self.url)
        try:
            await aiosmtplib.send(
                self.message(mail),
                hostname=where.hostname or "localhost",
                port=where.port or DEFAULT_PORTS[where.scheme],
                username=unquote(where.username) if where.username else None,
                password=unquote(where.password) if where.password else None,
                use_tls=where.scheme == "smtps",
                start_tls=where.scheme == "smtp+starttls",
                timeout=SMTP_TIMEOUT_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            if all(each.code >= 500 for each in refused.recipients):
                raise MailRejected(str(refused)) from refused
            raise
        except SMTP_REJECTIONS as refused:
            if refused.code >= 500:
                raise MailRejected(str(refused)) from refused
            raise

    def message(self, mail: OutgoingMail) -> MIMEMultipart:
        """Plain text with an HTML alternative, and the attachments. Raises `MailRejected` for an invalid address."""
        message = _with_attachments(_texts(mail), mail.attachments)
        message["To"] = formataddr((_one_line(mail.name), _address(mail.to)))
        message["From"] = formataddr(parseaddr(self.sender))
        message["Subject"] = Header(_one_line(mail.subject), "utf-8", header_name="Subject").encode()
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{mail.reference}@{parseaddr(self.sender)[1].partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = mail.language
        if mail.unsubscribe:
            message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return message


def _texts(mail: OutgoingMail) -> MIMEMultipart:
    texts = MIMEMultipart("alternative")
    texts.attach(_part("plain", mail.text))
    texts.attach(_part("html", mail.html))
    return texts


def _with_attachments(texts: MIMEMultipart, attachments: Sequence[StoredFile]) -> MIMEMultipart:
    if not attachments:
        return texts
    message = MIMEMultipart("mixed")
    message.attach(texts)
    for file in attachments:
        part = MIMEApplication(file.content, file.media_type.partition("/")[2])
        part.add_header("Content-Disposition", "attachment", filename=file.name)
        message.attach(part)
    return message


def _part(subtype: str, text: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype)
    part.set_payload(text, QUOTED_PRINTABLE)
    return part


def _address(text: str) -> str:
    address = to_ascii(text)
    if address is None:
        raise MailRejected(f"{text!r} is no mail address")
    return address


def _one_line(text: str) -> str:
    """Return the text on one line, so that user input cannot start another header."""
    return " ".join(text.splitlines())
