"""Speaking to the mail server: one message, one connection, and which refusals are final."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

SECONDS = 20.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
FINAL = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One finished mail. `reference` makes its message id, the same however often it is sent."""

    reference: str
    to: str
    name: str
    language: str
    subject: str
    text: str
    html: str


class Unacceptable(Exception):
    """The mail server has refused this mail for good; trying again would change nothing."""


@dataclass(frozen=True)
class MailServer:
    """Where mail goes: `smtp://`, `smtp+starttls://` or `smtps://`, and in whose name."""

    url: str
    sender: str

    async def send(self, mail: Mail) -> None:
        """Return once the server has accepted the mail; raises `Unacceptable`, or an error to try again after."""
        where = urlsplit(self.url)
        try:
            await aiosmtplib.send(
                self.message(mail),
                hostname=where.hostname or "localhost",
                port=where.port or PORTS[where.scheme],
                username=unquote(where.username) if where.username else None,
                password=unquote(where.password) if where.password else None,
                use_tls=where.scheme == "smtps",
                start_tls=where.scheme == "smtp+starttls",
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            if all(each.code >= 500 for each in refused.recipients):
                raise Unacceptable(str(refused)) from refused
            raise
        except FINAL as refused:
            if refused.code >= 500:
                raise Unacceptable(str(refused)) from refused
            raise

    def message(self, mail: Mail) -> EmailMessage:
        """Plain text with an HTML alternative. Raises `Unacceptable` for an address that cannot be one."""
        name, address = parseaddr(self.sender)
        message = EmailMessage()
        try:
            message["To"] = Address(_one_line(mail.name), addr_spec=mail.to)
        except (ValueError, IndexError) as problem:
            raise Unacceptable(f"{mail.to!r} is no mail address") from problem
        message["From"] = Address(name, addr_spec=address)
        message["Subject"] = _one_line(mail.subject)
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{mail.reference}@{address.partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = mail.language
        message.set_content(mail.text, cte="quoted-printable")
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
        return message


def _one_line(text: str) -> str:
    """What people wrote cannot begin another header."""
    return " ".join(text.splitlines())
